package io.switchhook.testkit.simulation;

import io.switchhook.delivery.engine.EngineSettings;
import io.switchhook.delivery.engine.RetrySchedule;
import io.switchhook.delivery.engine.TimesToLive;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What differs from one life to the next: the engine's limits, mostly far smaller than in the
 * product, and how wild the world is. Each fault is switched off in some lives, so that the others
 * can be seen without it.
 */
record Knobs(
    EngineSettings engine,
    TimesToLive timesToLive,
    int partitions,
    int calls,
    int events,
    int firstWebhooks,
    double crashRate,
    double cleanStopRate,
    double changeRate,
    double failRate,
    double requestRate,
    double moodRate,
    double answerLostRate,
    double noteRate,
    double lateRate,
    int commitMillisMax,
    int readMillisMax) {

  private static final int LATE_PATIENCE = 10;

  /** Never all taken in a life. */
  private static final int ENOUGH_PLACES = 1_000;

  /** True when more may be to be told than may be out at once. */
  boolean mayBeFull() {
    return engine.attempts().total() < ENOUGH_PLACES;
  }

  /** For how long a worker is patient that does not come to what waits. */
  Duration longPatience() {
    return engine.patience().multipliedBy(LATE_PATIENCE);
  }

  static Knobs draw(Random random) {
    var retries = new RetrySchedule(waits(random));
    var engine =
        new EngineSettings(
            retries,
            oneOf(random, 4, 16, 256),
            attempts(random),
            oneOf(random, 2, 5, 1_000),
            oneOf(random, 1, 3, 1_000),
            oneOf(random, 300, 2_000, 1_000_000),
            Duration.ofMillis(oneOf(random, 1, 50, 200)),
            oneOf(random, 1, 5, 1_000),
            Duration.ofMillis(oneOf(random, 20, 300, 1_000)),
            oneOf(random, 2, 4, 32),
            oneOf(random, 1, 2, 64),
            oneOf(random, 1, 4, 1_000));
    var inCall = Duration.ofMillis(oneOf(random, 2_000, 20_000, 3_600_000));
    var timesToLive =
        new TimesToLive(
            inCall, inCall.multipliedBy(4), inCall.multipliedBy(8), inCall.multipliedBy(8));
    return new Knobs(
        engine,
        timesToLive,
        oneOf(random, 1, 1, 3),
        oneOf(random, 2, 5, 20),
        60 + random.nextInt(240),
        1 + random.nextInt(4),
        random.nextInt(4) == 0 ? 0 : 0.012,
        random.nextInt(3) == 0 ? 0 : 0.003,
        random.nextInt(3) == 0 ? 0 : 0.02,
        random.nextInt(2) == 0 ? 0 : 0.02,
        random.nextInt(4) == 0 ? 0 : 0.1 + random.nextDouble() * 0.3,
        random.nextInt(3) == 0 ? 0 : 0.01,
        random.nextInt(3) == 0 ? 0 : 0.05,
        random.nextInt(2) == 0 ? 0 : 0.1,
        random.nextInt(3) == 0 ? 0.1 : 0,
        oneOf(random, 1, 20, 400),
        oneOf(random, 1, 20, 300));
  }

  private static EngineSettings.Attempts attempts(Random random) {
    var max = oneOf(random, 1, 2, 8);
    return new EngineSettings.Attempts(
        Math.max(1, max / 2),
        max,
        oneOf(random, max, 2 * max, ENOUGH_PLACES),
        oneOf(random, 20, 1_000, 1_000_000),
        oneOf(random, 20, 1_000, 1_000_000));
  }

  private static List<Duration> waits(Random random) {
    var count = oneOf(random, 1, 3, 6);
    return IntStream.range(0, count)
        .mapToObj(i -> Duration.ofMillis(oneOf(random, 50, 500, 4_000)))
        .toList();
  }

  private static int oneOf(Random random, int... values) {
    return values[random.nextInt(values.length)];
  }
}
