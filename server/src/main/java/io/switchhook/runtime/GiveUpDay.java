package io.switchhook.runtime;

import io.switchhook.delivery.Feed;
import io.switchhook.delivery.Progress;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.EndedSegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Has all partitions give up what is pending of a day, and hears when that is durable. Safe for all
 * threads.
 */
final class GiveUpDay implements Retention.GiveUp, Progress {
  /** Asks one partition: {@code PartitionWorkers::retire}. */
  @FunctionalInterface
  interface Retire {
    /** Gives up what is pending below {@code floor}; {@link Progress} hears when it is durable. */
    CompletionStage<Void> below(int partition, long floor);
  }

  private record Asked(long floor, CompletableFuture<Void> done) {}

  private final Retire retire;
  // Both guarded by this.
  private final long[] retired = new long[PartitionList.PARTITION_COUNT];
  private final Map<Integer, Asked> asked = new HashMap<>();

  GiveUpDay(Retire retire) {
    this.retire = retire;
  }

  @Override
  public CompletionStage<?> below(EndedSegment going) {
    var waiting = new ArrayList<CompletableFuture<Void>>();
    for (int partition = 0; partition < PartitionList.PARTITION_COUNT; partition++) {
      long floor = going.firstKept().get(partition);
      var done = ask(partition, floor);
      if (!done.isDone()) {
        retire.below(partition, floor);
        waiting.add(done);
      }
    }
    return CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new));
  }

  /** What a partition has answered before, it does not answer again. */
  private synchronized CompletableFuture<Void> ask(int partition, long floor) {
    var done = new CompletableFuture<Void>();
    if (floor <= retired[partition]) {
      done.complete(null);
    } else {
      asked.put(partition, new Asked(floor, done));
    }
    return done;
  }

  @Override
  public void retired(int partition, long floor) {
    CompletableFuture<Void> done = null;
    synchronized (this) {
      retired[partition] = Math.max(retired[partition], floor);
      var question = asked.get(partition);
      if (question != null && question.floor <= floor) {
        asked.remove(partition);
        done = question.done;
      }
    }
    if (done != null) {
      done.complete(null);
    }
  }

  @Override
  public void replayEnded(int partition, Feed feed, long done) {
    // Replays are somebody else's.
  }
}
