package io.switchhook.history;

import io.switchhook.delivery.Observer.AttemptReport;
import io.switchhook.event.WebhookId;
import io.switchhook.history.HistoryStore.Forgotten;
import io.switchhook.journal.JournalRecord;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** What waits to be written. */
sealed interface Observed {
  /** Bytes that it holds in memory, roughly. */
  int weightBytes();

  /** An event and who wants it. Its log is read on the writer's thread. */
  record Routed(JournalRecord event, List<WebhookId> wanted, List<WebhookId> disabled)
      implements Observed {
    public Routed {
      wanted = List.copyOf(wanted);
      disabled = List.copyOf(disabled);
    }

    @Override
    public int weightBytes() {
      return 400 + event.body().size() + 16 * (wanted.size() + disabled.size());
    }
  }

  /**
   * An event was delivered by its first attempt. What is kept of that is made of it on the writer's
   * thread; its log weighs nothing here, as what routed it holds it as well.
   */
  record Tried(AttemptReport report, int weightBytes) implements Observed {}

  /** A change that is ready. */
  record Ready(Change change, int weightBytes) implements Observed {}

  /** Everything of the partition below the watermark was added before this. */
  record Committed(int partition, long watermark) implements Observed {
    @Override
    public int weightBytes() {
      return 50;
    }
  }

  /** Days are to be forgotten, when everything that was added before this is written. */
  record Forget(LocalDate day, CompletableFuture<Forgotten> forgotten) implements Observed {
    @Override
    public int weightBytes() {
      return 50;
    }
  }

  /** Somebody waits until everything that was added before this is written. */
  record Flush(CountDownLatch written) implements Observed {
    @Override
    public int weightBytes() {
      return 50;
    }
  }
}
