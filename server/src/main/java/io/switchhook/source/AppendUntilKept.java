package io.switchhook.source;

import io.switchhook.journal.Append;
import io.switchhook.journal.Journal;
import io.switchhook.journal.NewRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends what a source heard, and tries again for as long as the journal refuses it: a phone
 * system does not say things twice. Its caller waits; for a thread of the source's own.
 */
public final class AppendUntilKept {
  private static final Logger LOG = LoggerFactory.getLogger(AppendUntilKept.class);
  private static final long PAUSE_MILLIS = 200;

  /** One refusal of so many is logged: one a minute. */
  private static final int LOG_EVERY = 300;

  private final Journal journal;
  private final String source;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Optional<String> refusal = Optional.empty();

  /** An appender for the source of this name. */
  public AppendUntilKept(Journal journal, String source) {
    this.journal = journal;
    this.source = source;
  }

  /**
   * Returns when the batch is durable (true), or when it cannot be any more because the source
   * {@link #stop stops} or the journal closes (false): it must then be heard again, or told lost.
   *
   * @throws io.switchhook.journal.JournalException when the journal's store failed
   */
  public boolean append(List<NewRecord> batch) throws InterruptedException {
    return appendKept(batch).isPresent();
  }

  /** The same; what the batch has become, or empty when it is not kept. */
  public Optional<List<Append.Entry>> appendKept(List<NewRecord> batch)
      throws InterruptedException {
    for (long refused = 0; ; refused++) {
      switch (journal.append(batch).toCompletableFuture().join()) {
        case Append.Kept(var entries) -> {
          refusal = Optional.empty();
          return Optional.of(entries);
        }
        case Append.DiskFull(long free, long minimum) -> {
          refusal =
              Optional.of(
                  "The disk of the data folder is full ("
                      + free
                      + " bytes free, "
                      + minimum
                      + " asked for): what is heard waits.");
          warn(refused, "disk full");
        }
        case Append.Busy _ -> warn(refused, "busy");
        case Append.Closing _ -> {
          return Optional.empty();
        }
      }
      if (stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
    }
  }

  private void warn(long refused, String why) {
    if (refused % LOG_EVERY == 0) {
      LOG.atWarn()
          .addKeyValue("source", source)
          .addKeyValue("reason", why)
          .log("source.append_refused: it is tried again");
    }
  }

  /** Why the journal refuses what is appended now, in a sentence; empty when it does not. */
  public Optional<String> refusal() {
    return refusal;
  }

  /** Tries nothing a second time any more. */
  public void stop() {
    stopped.countDown();
  }
}
