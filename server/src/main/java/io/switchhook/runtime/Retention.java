package io.switchhook.runtime;

import io.switchhook.journal.EndedSegment;
import io.switchhook.journal.Extent;
import io.switchhook.journal.Journal;
import io.switchhook.telemetry.JournalMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * How a day goes.
 *
 * 1. The journal names its oldest day, when it has ended and all of it is older than the retention.
 * 2. That this day is being dropped is stored, and the hour's turn with it (RetentionPace).
 * 3. Delivery gives up what is pending of it, for the reason `retention`, and moves every cursor to its end. That is durable
 *    when it answers.
 * 4. The journal deletes the day's file.
 * 5. History forgets the days that the journal has nothing of any more, and the stores drop rows that spoke of them.
 *
 * A crash between two of these leaves a day of which more or less is given up, and which is named again after the start; then
 * it is gone on with, at no price. Nothing is deleted before everybody was told.
 */

/**
 * Lets go of days that are older than the retention: looks once a minute, and first at the start.
 */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  /** What delivery does before a day goes. */
  @FunctionalInterface
  interface GiveUp {
    /**
     * Gives up what is pending below the offsets that will be kept, and moves all cursors there;
     * completes when that is durable.
     */
    CompletionStage<?> below(EndedSegment going);
  }

  /** Lets history go of days. */
  @FunctionalInterface
  interface ForgetHistory {
    /** Forgets the days before this one, in its own time; completes with how many there were. */
    CompletionStage<Integer> before(LocalDate day);
  }

  /** What is tidied up once a day, and when the journal has let a day go. */
  @FunctionalInterface
  interface Tidy {
    /** Drops rows that only speak of what the journal does not keep any more. */
    void rowsOfBefore(Instant recordedBefore);
  }

  /**
   * What it works with.
   *
   * @param retention how long a record is kept at least
   * @param engineTime says how old a day is
   * @param nanos a monotonic clock, for the pace
   */
  record Parts(
      Duration retention,
      Journal journal,
      ForgetHistory history,
      RetentionState state,
      GiveUp giveUp,
      Tidy tidy,
      JournalMetrics metrics,
      InstantSource engineTime,
      LongSupplier nanos) {}

  /** Delivery answers within a moment; when it does not, the round fails and is made again. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Parts parts;
  private final CompletableFuture<?> stopped;
  private RetentionPace pace;
  private long lastNanos;
  private LocalDate tidied = LocalDate.MIN;

  /** Begins where it was; {@code stopped} ends the wait for delivery. */
  Retention(Parts parts, CompletableFuture<?> stopped) {
    this.parts = parts;
    this.stopped = stopped;
    this.pace = parts.state.load();
    this.lastNanos = parts.nanos.getAsLong();
  }

  /** Does what is due now. At most one day goes. */
  void round() {
    countTime();
    var now = parts.engineTime.instant();
    var due = parts.journal.oldestEnded().filter(it -> it.isPast(parts.retention, now));
    if (due.isPresent() && pace.allows(due.get().start())) {
      drop(due.get());
    }
    var extent = parts.journal.extent();
    forgetHistory(extent, now.minus(parts.retention));
    tidy(now);
    parts.metrics.holds(extent.segments(), extent.oldestAcceptedAt());
  }

  /**
   * Stored about once a round: a restart takes a minute of the hour at most, and never gives one.
   */
  private void countTime() {
    long nanos = parts.nanos.getAsLong();
    var later = pace.after(Duration.ofNanos(nanos - lastNanos));
    lastNanos = nanos;
    move(later);
  }

  private void move(RetentionPace to) {
    if (!to.equals(pace)) {
      parts.state.store(to);
      pace = to;
    }
  }

  private void drop(EndedSegment going) {
    move(pace.begun(going.start()));
    long beganNanos = parts.nanos.getAsLong();
    var givenUp = parts.giveUp.below(going).toCompletableFuture();
    CompletableFuture.anyOf(givenUp, stopped)
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    if (!givenUp.isDone()) {
      return; // The server stops: the next start goes on with it.
    }
    long startNanos = parts.nanos.getAsLong();
    boolean dropped = parts.journal.drop(going);
    move(pace.ended());
    tidied = LocalDate.MIN;
    if (dropped) {
      parts.metrics.dropped();
      LOG.atInfo()
          .addKeyValue("day", day(going.start()))
          .addKeyValue("retention", parts.retention)
          .addKeyValue("given_up_ms", Duration.ofNanos(startNanos - beganNanos).toMillis())
          .addKeyValue(
              "duration_ms", Duration.ofNanos(parts.nanos.getAsLong() - startNanos).toMillis())
          .log("journal.day_dropped");
    }
  }

  /** What history knows of a day goes with the day itself, and never before its time. */
  private void forgetHistory(Extent extent, Instant keptFrom) {
    if (extent.oldestAcceptedAt().isEmpty()) {
      return;
    }
    var oldest = extent.oldestAcceptedAt().get();
    var firstKept = day(oldest.isBefore(keptFrom) ? oldest : keptFrom);
    parts
        .history
        .before(firstKept)
        .whenComplete((days, failure) -> tellForgotten(days, failure, firstKept));
  }

  private static void tellForgotten(
      @Nullable Integer days, @Nullable Throwable failure, LocalDate firstKept) {
    if (days == null) {
      LOG.atError()
          .setCause(failure)
          .addKeyValue("first_kept", firstKept)
          .log("history.not_forgotten: tried again a minute later");
    } else if (days > 0) {
      LOG.atInfo()
          .addKeyValue("days", days)
          .addKeyValue("first_kept", firstKept)
          .log("history.days_forgotten");
    }
  }

  private void tidy(Instant now) {
    if (!tidied.equals(day(now))) {
      parts.tidy.rowsOfBefore(now.minus(parts.retention));
      tidied = day(now);
    }
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
