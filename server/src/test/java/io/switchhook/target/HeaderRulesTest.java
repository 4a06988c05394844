package io.switchhook.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderRulesTest {
  @Test
  void takesWhatUsersConfigure() {
    assertThat(HeaderRules.problem("my-super-secret-token", "abc123def")).isEmpty();
    assertThat(HeaderRules.problem("Authorization", "Bearer a.b_c~d+/=")).isEmpty();
    assertThat(HeaderRules.problem("X-Empty", "")).isEmpty();
    assertThat(HeaderRules.problem("X-Words", "one two\tthree")).isEmpty();
  }

  @Test
  void refusesLineBreaksAndWhatIsNotAscii() {
    for (var value : List.of("a\r\nX: 1", "a\nb", "a\r", "\0", " a", "a ", "\u00fc", "\u007f")) {
      assertThat(HeaderRules.problem("X-A", value)).as(value).isPresent();
    }
    for (var name : List.of("", "a b", "a:", "a\r\n", "\u00fc", "a".repeat(101))) {
      assertThat(HeaderRules.problem(name, "1")).as(name).isPresent();
    }
    assertThat(HeaderRules.problem("X-A", "a".repeat(4_097))).isPresent();
    assertThat(HeaderRules.problem("X-A", "a".repeat(4_096))).isEmpty();
  }

  @Test
  void refusesNamesThatAreOurs() {
    for (var name :
        List.of(
            "Host",
            "content-length",
            "Transfer-Encoding",
            "Connection",
            "Content-Type",
            "User-Agent",
            "Expect",
            "Proxy-Authorization",
            "Webhook-Id",
            "webhook-anything",
            "Switchhook-Test")) {
      assertThat(HeaderRules.problem(name, "1")).as(name).isPresent();
    }
  }
}
