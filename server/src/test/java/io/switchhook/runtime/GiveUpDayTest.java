package io.switchhook.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.PartitionList;
import io.switchhook.journal.EndedSegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GiveUpDayTest {
  private record Asked(int partition, long floor) {}

  private final List<Asked> asked = new ArrayList<>();
  private final GiveUpDay giveUp =
      new GiveUpDay(
          (partition, floor) -> {
            asked.add(new Asked(partition, floor));
            return CompletableFuture.allOf();
          });

  /** A day of which partition 3 had offsets below this, partition 5 those below 7. */
  private static EndedSegment dayUpTo(long third) {
    var firstKept = new ArrayList<>(Collections.nCopies(PartitionList.PARTITION_COUNT, 0L));
    firstKept.set(3, third);
    firstKept.set(5, 7L);
    return new EndedSegment(Instant.EPOCH, Instant.EPOCH.plusSeconds(86_400), firstKept);
  }

  @Test
  void dayIsGivenUpWhenEveryPartitionThatHasAnyOfItSaysSo() {
    var done = giveUp.below(dayUpTo(10)).toCompletableFuture();
    assertThat(asked).containsExactly(new Asked(3, 10), new Asked(5, 7));

    giveUp.retired(3, 10);
    assertThat(done).isNotDone();
    giveUp.retired(5, 6);
    assertThat(done).isNotDone();
    giveUp.retired(5, 7);
    assertThat(done).isCompleted();
  }

  @Test
  void partitionThatHasAnsweredIsNotAskedAgain() {
    giveUp.below(dayUpTo(10));
    giveUp.retired(3, 10);
    asked.clear();
    var again = giveUp.below(dayUpTo(10)).toCompletableFuture();

    assertThat(asked).containsExactly(new Asked(5, 7));
    giveUp.retired(5, 7);
    assertThat(again).isCompleted();
    assertThat(giveUp.below(dayUpTo(10)).toCompletableFuture()).isCompleted();
    asked.clear();
    giveUp.below(dayUpTo(11));
    assertThat(asked).containsExactly(new Asked(3, 11));
  }
}
