package io.switchhook.target.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  /** One minute before the example of RFC 9110 §5.6.7. */
  private static final Instant NOW = Instant.parse("1994-11-06T08:48:37Z");

  @Test
  void readsSeconds() {
    assertThat(RetryAfter.read("121", NOW)).isEqualTo(Duration.ofSeconds(121));
    assertThat(RetryAfter.read(" 0 ", NOW)).isZero();
    assertThat(RetryAfter.read("99999999999999999999", NOW))
        .isEqualTo(Duration.ofSeconds(999_999_999));
  }

  @Test
  void readsTheThreeDates() {
    assertThat(RetryAfter.read("Sun, 06 Nov 1994 08:49:37 GMT", NOW))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(RetryAfter.read("Sun Nov  6 08:49:37 1994", NOW)).isEqualTo(Duration.ofMinutes(1));
    assertThat(RetryAfter.read("Sunday, 06-Nov-94 08:49:37 GMT", NOW))
        .isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void takesADateThatIsPastAsNow() {
    assertThat(RetryAfter.read("Sun, 06 Nov 1994 08:00:00 GMT", NOW)).isZero();
  }

  @Test
  void readsNothingElse() {
    for (var value : Arrays.asList(null, "", "soon", "-1", "1.5", "1s", "Sun, 06 Nov", "٣")) {
      assertThat(RetryAfter.read(value, NOW)).as("%s", value).isNull();
    }
  }
}
