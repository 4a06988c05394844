package io.switchhook.console.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeScaleTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void millisecondsAreSeenBesideHours() {
    var scale =
        new TimeScale(
            List.of(START, START.plusMillis(20), START.plus(Duration.ofHours(4))), 0, 100);

    assertThat(scale.at(START)).isZero();
    assertThat(scale.at(START.plusMillis(20))).isGreaterThan(3);
    assertThat(scale.at(START.plus(Duration.ofHours(4)))).isCloseTo(100, within(1e-9));
  }

  @Test
  void whatIsLaterIsNeverFurtherToTheLeft() {
    var scale =
        new TimeScale(
            List.of(START.plusSeconds(60), START, START.plusMillis(7), START.plusMillis(900)),
            210,
            1_016);
    double before = 0;
    for (long millis = -100; millis < 61_000; millis += 37) {
      var place = scale.at(START.plusMillis(millis));
      assertThat(place).isBetween(210.0, 1_016.0).isGreaterThanOrEqualTo(before);
      before = place;
    }
  }

  @Test
  void oneMomentHasAPlace() {
    assertThat(new TimeScale(List.of(START), 210, 1_016).at(START)).isEqualTo(210);
  }
}
