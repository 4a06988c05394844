package io.switchhook.target.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.target.address.TargetUrl.Unusable;
import io.switchhook.target.address.TargetUrl.Usable;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetUrlTest {
  @Test
  void takesOrdinaryUrls() {
    assertThat(usable("https://CRM.example.com/webhook.php?a=%2B1").authority())
        .isEqualTo("crm.example.com:443");
    assertThat(usable("http://crm.example.com.:8080/").authority())
        .isEqualTo("crm.example.com:8080");
    assertThat(usable("HTTP://8.8.8.8").authority()).isEqualTo("8.8.8.8:80");
    assertThat(usable("https://[2606:4700::1]:8443/x").authority())
        .isEqualTo("[2606:4700::1]:8443");
    assertThat(usable("https://xn--bcher-kva.example/").host()).isEqualTo("xn--bcher-kva.example");
    assertThat(usable("http://localhost:3000/").host()).isEqualTo("localhost");
    assertThat(usable("http://crm/").isTls()).isFalse();
    assertThat(usable("https://1password.example.com1/").isTls()).isTrue();
  }

  @Test
  void refusesWhatIsNoTarget() {
    for (var url :
        List.of(
            "",
            "webhook.php",
            "/webhook.php",
            "//crm.example.com/",
            "ftp://crm.example.com/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "http:",
            "http://",
            "http:///x",
            "https:crm.example.com",
            "http://user@crm.example.com/",
            "http://user:secret@crm.example.com/",
            "http://crm.example.com@10.0.0.1/",
            "http://crm.example.com/#part",
            "http://crm.example.com:0/",
            "http://crm.example.com:65536/",
            "http://crm.example.com:http/",
            "http://a_b.example.com/",
            "http://a%00b.example.com/",
            "http://b\u00fccher.example/",
            "http://\u2460\u2461\u2466.0.0.1/",
            "http://crm.example.com /",
            "http://crm.example.com\\@10.0.0.1/",
            "http://-crm.example.com/",
            "http://crm..example.com/",
            "http://" + "a".repeat(64) + ".example.com/",
            "http://" + "a.".repeat(130) + "com/",
            "http://crm.example.com/" + "a".repeat(2048))) {
      assertThat(TargetUrl.parse(url)).as(url).isInstanceOf(Unusable.class);
    }
  }

  @Test
  void refusesOddSpellingsOfAddresses() {
    for (var host :
        List.of(
            "0177.0.0.1",
            "0x7f.1",
            "0x7f000001",
            "2130706433",
            "127.1",
            "127.0.257",
            "127.0.0.1.",
            "127.000.000.001",
            "127.0.0.256",
            "1.2.3.4.5",
            "0",
            "0x",
            "crm.0x7f",
            "[fe80::1%25eth0]",
            "[::1]x",
            "[127.0.0.1]")) {
      assertThat(TargetUrl.parse("http://" + host + "/"))
          .as(host)
          .satisfiesAnyOf(
              parsed -> assertThat(parsed).isInstanceOf(Unusable.class),
              parsed -> assertThat(((Usable) parsed).url().literal()).as("judged").isPresent());
    }
    assertThat(TargetUrl.parse("http://0177.0.0.1/"))
        .isInstanceOfSatisfying(
            Unusable.class, wrong -> assertThat(wrong.words()).contains("0177.0.0.1", "odd"));
  }

  private static TargetUrl usable(String url) {
    assertThat(TargetUrl.parse(url)).as(url).isInstanceOf(Usable.class);
    return ((Usable) TargetUrl.parse(url)).url();
  }
}
