package io.switchhook.journal.sqlite;

import io.switchhook.journal.Append;
import io.switchhook.journal.NewRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A batch that waits to be written, and the stage of whoever waits for it. */
final class AppendUnit {
  private final List<NewRecord> batch;
  private final CompletableFuture<Append> done = new CompletableFuture<>();
  private List<Append.Entry> entries = List.of();

  AppendUnit(List<NewRecord> batch) {
    this.batch = batch;
  }

  List<NewRecord> batch() {
    return batch;
  }

  CompletableFuture<Append> done() {
    return done;
  }

  /** What its records become when the group is written. */
  void assigned(List<Append.Entry> as) {
    entries = as;
  }

  void kept() {
    // Without effect when the unit failed before.
    done.complete(new Append.Kept(entries));
  }
}
