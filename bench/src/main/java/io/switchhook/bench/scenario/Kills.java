package io.switchhook.bench.scenario;

import io.switchhook.bench.run.Rig;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Kills a server at random moments. */
public final class Kills {
  private static final Duration DOWN_MAX = Duration.ofMillis(500);

  private Kills() {}

  /** Lets so much time go by, and within it kills the server so many times and starts it again. */
  public static void during(Rig rig, Duration time, int kills, RandomGenerator random)
      throws IOException, InterruptedException {
    var began = System.nanoTime();
    var moments =
        IntStream.range(0, kills)
            .mapToLong(_ -> (long) (random.nextDouble() * time.toNanos()))
            .sorted()
            .toArray();
    for (var moment : moments) {
      rig.pause(Duration.ofNanos(Math.max(0, began + moment - System.nanoTime())));
      rig.kill();
      rig.pause(Duration.ofNanos((long) (random.nextDouble() * DOWN_MAX.toNanos())));
      var _ = rig.startServer();
    }
    rig.pause(Duration.ofNanos(Math.max(0, began + time.toNanos() - System.nanoTime())));
  }
}
