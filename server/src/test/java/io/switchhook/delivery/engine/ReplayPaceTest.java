package io.switchhook.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplayPaceTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final ReplayPace pace = new ReplayPace(100);

  @Test
  void isEvenWhileNothingHappens() {
    assertThat(toldAgain(NOW, Duration.ofSeconds(10))).isBetween(999, 1_001);
    assertThat(pace.freeAt())
        .isBetween(NOW.plusSeconds(10), NOW.plusSeconds(10).plus(Duration.ofMillis(10)));
  }

  @Test
  void whatComesLateIsNotMadeUpForButOnce() {
    pace.replayBegins(NOW);
    var later = NOW.plusSeconds(3_600);
    pace.replayBegins(later);
    assertThat(pace.isFree(later)).isTrue();
    pace.replayBegins(later);
    assertThat(pace.isFree(later)).isFalse();
    assertThat(pace.freeAt()).isEqualTo(later.plusMillis(10));
  }

  @Test
  void leavesToWhatHappensWhatItNeeds() {
    live(40, NOW);
    assertThat(toldAgain(NOW.plusSeconds(1), Duration.ofMillis(999))).isBetween(59, 61);
  }

  @Test
  void goesOnWhileMuchHappens() {
    live(95, NOW);
    assertThat(toldAgain(NOW.plusSeconds(1), Duration.ofMillis(999))).isBetween(9, 11);
    live(1_000, NOW.plusSeconds(3));
    assertThat(toldAgain(NOW.plusSeconds(4), Duration.ofMillis(999))).isBetween(99, 101);
  }

  @Test
  void isFastAgainASecondAfterTheLastThatHappened() {
    live(1_000, NOW);
    assertThat(toldAgain(NOW.plusSeconds(2), Duration.ofSeconds(1))).isBetween(99, 101);
  }

  private void live(int attempts, Instant at) {
    for (var attempt = 0; attempt < attempts; attempt++) {
      pace.liveBegins(at);
    }
  }

  /** How many are told again when each is as soon as it may. */
  private int toldAgain(Instant from, Duration time) {
    var end = from.plus(time);
    var count = 0;
    for (var now = from; now.isBefore(end); now = now.plusMillis(1)) {
      if (pace.isFree(now)) {
        pace.replayBegins(now);
        count++;
      }
    }
    return count;
  }
}
