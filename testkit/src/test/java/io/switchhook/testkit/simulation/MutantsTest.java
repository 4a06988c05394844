package io.switchhook.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A checker that catches nothing proves nothing: the protocol is broken on purpose, one rule at a
 * time, and each broken variant must be caught by some life of the simulation.
 */
class MutantsTest {
  private static final int SEEDS_MAX = 1_000;

  static List<Mutant> mutants() {
    return Mutant.ALL.stream()
        .filter(m -> m.claim().matches(System.getProperty("switchhook.mutants", ".*")))
        .toList();
  }

  @Test
  void brokenVariantsAreCaught() {
    var notCaught = mutants().parallelStream().filter(mutant -> !isCaught(mutant)).toList();
    assertThat(notCaught).as("not caught in %d lives are those without", SEEDS_MAX).isEmpty();
  }

  private static boolean isCaught(Mutant mutant) {
    try {
      var world = new MutantLoader(mutatedSource(mutant), Path.of(mutant.file()));
      var live = world.loadClass(Simulation.class.getName()).getMethod("live", long.class);
      for (long seed = 0; seed < SEEDS_MAX; seed++) {
        if (breaksAPromise(live, seed)) {
          return true;
        }
      }
      return false;
    } catch (IOException | ReflectiveOperationException e) {
      throw new AssertionError("without \"" + mutant.claim() + "\"", e);
    }
  }

  private static boolean breaksAPromise(Method live, long seed) throws IllegalAccessException {
    try {
      live.invoke(null, seed);
      return false;
    } catch (InvocationTargetException caught) {
      assertThat(caught.getCause()).isInstanceOf(RuntimeException.class);
      return true;
    }
  }

  private static String mutatedSource(Mutant mutant) throws IOException {
    var source = Files.readString(Path.of(mutant.file()));
    assertThat(source.split(java.util.regex.Pattern.quote(mutant.right()), -1))
        .as("the text to be changed stands exactly once in %s", mutant.file())
        .hasSize(2);
    return source.replace(mutant.right(), mutant.wrong());
  }
}
