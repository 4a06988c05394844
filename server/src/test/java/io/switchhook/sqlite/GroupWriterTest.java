package io.switchhook.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupWriterTest {
  private static final long LONG_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long GATHERED_WEIGHT = 10;

  /** Keeps the groups; the first one ends when it may. */
  private static final class Kept implements GroupWriter.Carrier<String> {
    final List<List<String>> groups = new CopyOnWriteArrayList<>();
    final Semaphore begun = new Semaphore(0);
    final Semaphore firstMayEnd = new Semaphore(0);

    @Override
    public void carryOut(List<String> group) {
      groups.add(List.copyOf(group));
      begun.release();
      if (groups.size() == 1) {
        firstMayEnd.acquireUninterruptibly();
      }
    }

    @Override
    public void broke(List<String> units, Throwable bug) {
      throw new AssertionError(bug);
    }

    void awaitGroup() throws InterruptedException {
      begun.acquire();
    }

    boolean hasBegunAnother() throws InterruptedException {
      return begun.tryAcquire(100, TimeUnit.MILLISECONDS);
    }
  }

  private final Kept kept = new Kept();
  private GroupWriter<String> writer = writer(LONG_NANOS);

  private GroupWriter<String> writer(long gatherNanos) {
    return new GroupWriter<>(
        "writer", new GroupWriter.Limits(1_000, 1_000, gatherNanos, GATHERED_WEIGHT), kept);
  }

  @AfterEach
  void close() {
    kept.firstMayEnd.release();
    writer.close();
  }

  /** The writer has begun a group of one, {@code waiting} wait, and the group ends. */
  private void endFirstGroup(String... waiting) throws InterruptedException {
    writer.offer("first", 1);
    kept.awaitGroup();
    for (var unit : waiting) {
      writer.offer(unit, 1);
    }
    kept.firstMayEnd.release();
  }

  @Test
  void whatFindsTheThreadIdleIsCarriedOutAtOnce() throws Exception {
    endFirstGroup();
    assertThat(kept.hasBegunAnother()).isFalse(); // by now the thread is idle

    writer.offer("b", 1);

    kept.awaitGroup();
    assertThat(kept.groups).containsExactly(List.of("first"), List.of("b"));
  }

  @Test
  void busyThreadLetsAsManyGatherAsWereThere() throws Exception {
    endFirstGroup("b", "c");
    assertThat(kept.hasBegunAnother()).isFalse();

    writer.offer("d", 1);

    kept.awaitGroup();
    assertThat(kept.groups).containsExactly(List.of("first"), List.of("b", "c", "d"));
  }

  @Test
  void heavyUnitsWaitForNoMore() throws Exception {
    writer.offer("first", 1);
    kept.awaitGroup();
    writer.offer("heavy", GATHERED_WEIGHT);
    kept.firstMayEnd.release();

    kept.awaitGroup();
    assertThat(kept.groups).containsExactly(List.of("first"), List.of("heavy"));
  }

  @Test
  void busyThreadDoesNotWaitForLong() throws Exception {
    writer.close();
    writer = writer(SHORT_NANOS);

    endFirstGroup("b", "c");

    kept.awaitGroup(); // although nothing more comes
    assertThat(kept.groups).containsExactly(List.of("first"), List.of("b", "c"));
  }

  @Test
  void closingCarriesOutWhatGathers() throws Exception {
    endFirstGroup("b", "c");
    assertThat(kept.hasBegunAnother()).isFalse();

    writer.close();

    assertThat(kept.groups).containsExactly(List.of("first"), List.of("b", "c"));
  }
}
