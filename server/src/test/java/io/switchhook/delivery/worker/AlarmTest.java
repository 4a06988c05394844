package io.switchhook.delivery.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlarmTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Map<Long, Runnable> timers = new TreeMap<>();
  private long lastTimer;
  private int rings;

  private final Alarm alarm =
      new Alarm(
          new Alarm.Timers() {
            @Override
            public long set(long millis, Runnable run) {
              timers.put(++lastTimer, run);
              return lastTimer;
            }

            @Override
            public void cancel(long timer) {
              timers.remove(timer);
            }
          },
          () -> now,
          () -> rings++);

  @Test
  void farTimeThatIsAskedForAgainAndAgainLeavesOneTimer() {
    var tomorrow = now.plus(Duration.ofDays(1));
    for (int i = 0; i < 1_000; i++) {
      alarm.setFor(tomorrow);
      alarm.setFor(now.plusMillis(200));
      now = now.plusMillis(200);
      fireLast();
    }
    alarm.setFor(tomorrow);

    assertThat(timers).hasSize(1);
    assertThat(rings).isEqualTo(1_000);
  }

  @Test
  void laterTimeDoesNotPutTheEarlierOff() {
    alarm.setFor(now.plusMillis(10));
    alarm.setFor(now.plusMillis(500));

    assertThat(timers).hasSize(1);
    fireLast();
    assertThat(rings).isEqualTo(1);
    assertThat(timers).isEmpty();
  }

  private void fireLast() {
    Objects.requireNonNull(timers.remove(lastTimer)).run();
  }
}
