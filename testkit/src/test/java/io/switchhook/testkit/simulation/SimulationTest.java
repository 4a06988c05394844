package io.switchhook.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.testkit.simulation.Reached.Place;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The engine's promises, over many lives. {@code -Dswitchhook.simulation.seeds=100000} lives more
 * of them, {@code -Dswitchhook.simulation.first=N} begins elsewhere.
 */
class SimulationTest {
  private static final long FIRST = Long.getLong("switchhook.simulation.first", 0);
  private static final long SEEDS = Long.getLong("switchhook.simulation.seeds", 500);

  @Test
  void promisesHoldInEveryLife() {
    var reached =
        LongStream.range(FIRST, FIRST + SEEDS)
            .parallel()
            .mapToObj(seed -> live(seed).reached())
            .collect(Reached::new, Reached::add, Reached::add);
    if (SEEDS >= 500) {
      assertThat(Arrays.stream(Place.values()).filter(place -> reached.count(place) == 0))
          .as(
              "places that no life came to: what was not reached was not tested; reached %s",
              reached)
          .isEmpty();
    }
  }

  /** What each of them broke is told by the commit that brought it here. */
  @ParameterizedTest
  @ValueSource(longs = {163, 1_220, 1_254})
  void promisesHoldWhereOneWasBroken(long seed) {
    assertThat(live(seed).reached().count(Place.DETACHED)).isPositive();
  }

  @Test
  void sameSeedLivesTheSameLife() {
    for (var seed = FIRST; seed < FIRST + Math.min(SEEDS, 10); seed++) {
      assertThat(live(seed).traceHash()).isEqualTo(live(seed).traceHash());
    }
  }

  private static Simulation.Life live(long seed) {
    try {
      return Simulation.live(seed);
    } catch (RuntimeException e) {
      throw new AssertionError(
          "seed "
              + seed
              + " broke a promise. Repeat it, told step by step, with:\n"
              + "  ./mvnw -pl testkit -am test -Dtest=SimulationTest"
              + " -Dsurefire.failIfNoSpecifiedTests=false -Dswitchhook.simulation.seeds=1"
              + " -Dswitchhook.simulation.tell=true -Dswitchhook.simulation.first="
              + seed,
          e);
    }
  }
}
