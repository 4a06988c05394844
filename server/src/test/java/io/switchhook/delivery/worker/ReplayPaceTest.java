package io.switchhook.delivery.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplayPaceTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final ReplayPace pace = new ReplayPace();

  @Test
  void whatWasTakenAtOnceIsWaitedForAfterwards() {
    assertThat(pace.untilFree(NOW)).isZero();
    for (int attempt = 0; attempt < ReplayPace.PER_SECOND; attempt++) {
      pace.took(NOW);
    }
    assertThat(pace.untilFree(NOW)).isEqualTo(Duration.ofSeconds(1));
    assertThat(pace.untilFree(NOW.plusMillis(600))).isEqualTo(Duration.ofMillis(400));
    assertThat(pace.untilFree(NOW.plusSeconds(1))).isZero();
  }

  @Test
  void littleIsReadAtOnceWhileItIsToldAgain() {
    assertThat(pace.pageOf(128, NOW)).isEqualTo(128);
    pace.took(NOW);
    assertThat(pace.pageOf(128, NOW)).isEqualTo(ReplayPace.PAGE_RECORDS);
    assertThat(pace.pageOf(1, NOW)).isEqualTo(1);
    assertThat(pace.pageOf(128, NOW.plusSeconds(2))).isEqualTo(128);
  }

  @Test
  void timeWithoutReplaysIsNotSavedUp() {
    pace.took(NOW);
    var later = NOW.plusSeconds(3_600);
    pace.took(later);
    assertThat(pace.untilFree(later)).isEqualTo(Duration.ofMillis(4));
  }
}
