package io.switchhook.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CatchUpPaceTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final PerSecond arrivals = new PerSecond();
  private final CatchUpPace pace = new CatchUpPace(1_000, arrivals);

  @Test
  void isEvenWhileLittleComes() {
    assertThat(begun(NOW)).isBetween(1_000, 1_010);
  }

  @Test
  void isTwiceAsFastAsWhatComes() {
    arrivals.count(3_000, NOW);
    assertThat(begun(NOW.plusSeconds(1))).isBetween(6_000, 6_060);
    assertThat(begun(NOW.plusSeconds(3))).as("nothing comes any more").isBetween(1_000, 1_010);
  }

  @Test
  void whatWasMissedIsMadeUpForOnlyShortly() {
    pace.begins(NOW);
    int atOnce = 0;
    for (var later = NOW.plusSeconds(60); pace.isFree(later); atOnce++) {
      pace.begins(later);
    }
    assertThat(atOnce).isBetween(5, 6);
  }

  /** How many begin within a second when each does as soon as a timer of a millisecond lets it. */
  private int begun(Instant from) {
    int count = 0;
    for (var now = from; now.isBefore(from.plusSeconds(1)); now = now.plusMillis(1)) {
      while (pace.isFree(now)) {
        pace.begins(now);
        count++;
      }
    }
    return count;
  }
}
