package io.switchhook.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GroupWriterTest {
  private static final long LONG_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long GROUP_WEIGHT = 10;
  private static final int ENOUGH = 3;

  /** Keeps the groups, and carries each out only when it may. */
  private static final class Kept implements GroupWriter.Carrier<String> {
    final List<List<String>> groups = new ArrayList<>();
    final Semaphore begun = new Semaphore(0);
    final Semaphore mayEnd = new Semaphore(0);

    @Override
    public void carryOut(List<String> group) {
      groups.add(List.copyOf(group));
      begun.release();
      mayEnd.acquireUninterruptibly();
    }

    @Override
    public void broke(List<String> units, Throwable bug) {
      throw new AssertionError(bug);
    }

    boolean hasBegunWithin(long millis) throws InterruptedException {
      return begun.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }
  }

  private final Kept kept = new Kept();
  private final GroupWriter<String> writer =
      new GroupWriter<>(
          "writer", new GroupWriter.Limits(1_000, GROUP_WEIGHT, LONG_NANOS, ENOUGH), kept);

  @Test
  void whatFindsTheThreadIdleIsCarriedOutAtOnce() throws Exception {
    writer.offer("a", 1);
    assertThat(kept.hasBegunWithin(30_000)).isTrue();
    kept.mayEnd.release(2);
    writer.offer("b", 1); // at the end of a group or after it: nothing else waits

    writer.close();
    assertThat(kept.groups).containsExactly(List.of("a"), List.of("b"));
  }

  @Test
  void busyThreadLetsMoreGather() throws Exception {
    writer.offer("a", 1);
    assertThat(kept.hasBegunWithin(30_000)).isTrue();
    writer.offer("b", 1);
    kept.mayEnd.release(2);

    assertThat(kept.hasBegunWithin(100)).isFalse();
    writer.offer("c", 1);
    writer.close(); // does not wait for more
    assertThat(kept.groups).containsExactly(List.of("a"), List.of("b", "c"));
  }

  @Test
  void wholeGroupWaitsForNoMore() throws Exception {
    writer.offer("a", 1);
    assertThat(kept.hasBegunWithin(30_000)).isTrue();
    writer.offer("b", 1);
    kept.mayEnd.release(2);
    assertThat(kept.hasBegunWithin(100)).isFalse();

    writer.offer("c", GROUP_WEIGHT);

    assertThat(kept.hasBegunWithin(30_000)).isTrue();
    writer.close();
    assertThat(kept.groups).containsExactly(List.of("a"), List.of("b", "c"));
  }

  @Test
  void enoughUnitsWaitForNoMore() throws Exception {
    writer.offer("a", 1);
    assertThat(kept.hasBegunWithin(30_000)).isTrue();
    writer.offer("b", 1);
    kept.mayEnd.release(2);
    assertThat(kept.hasBegunWithin(100)).isFalse();

    writer.offer("c", 1);
    writer.offer("d", 1);

    assertThat(kept.hasBegunWithin(30_000)).isTrue();
    writer.close();
    assertThat(kept.groups).containsExactly(List.of("a"), List.of("b", "c", "d"));
  }
}
