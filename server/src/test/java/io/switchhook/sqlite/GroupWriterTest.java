package io.switchhook.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupWriterTest {
  private static final long WAITING_MAX = 100;
  private static final long GROUP_MAX = 10;

  /** Keeps the groups; each but the first ends at once, the first when it may. */
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
  }

  private final Kept kept = new Kept();
  private final GroupWriter<String> writer =
      new GroupWriter<>("writer", new GroupWriter.Limits(WAITING_MAX, GROUP_MAX), kept);

  @AfterEach
  void close() {
    kept.firstMayEnd.release();
    writer.close();
  }

  private void beginFirst() {
    writer.offer("first", 1);
    kept.begun.acquireUninterruptibly();
  }

  private void endFirst() {
    kept.firstMayEnd.release();
    writer.close();
  }

  @Test
  void whatWaitsWhenTheThreadIsFreeIsOneGroup() {
    beginFirst();
    writer.offer("b", 1);
    writer.offer("c", 1);
    endFirst();

    assertThat(kept.groups).containsExactly(List.of("first"), List.of("b", "c"));
  }

  @Test
  void groupEndsWithTheUnitThatReachesItsWeight() {
    beginFirst();
    writer.offer("b", 1);
    writer.offer("heavy", GROUP_MAX);
    writer.offer("c", 1);
    endFirst();

    assertThat(kept.groups).containsExactly(List.of("first"), List.of("b", "heavy"), List.of("c"));
  }

  @Test
  void offersAreRefusedWhileTooMuchWaits() {
    beginFirst();

    assertThat(writer.offer("b", WAITING_MAX)).isEqualTo(GroupWriter.Offered.TAKEN);
    assertThat(writer.offer("c", 1)).isEqualTo(GroupWriter.Offered.FULL);
    endFirst();

    assertThat(kept.groups).containsExactly(List.of("first"), List.of("b"));
    assertThat(writer.offer("d", 1)).isEqualTo(GroupWriter.Offered.CLOSED);
  }
}
