package io.switchhook.history;

import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.delivery.Observer;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.target.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hears what the delivery engine does and hands it to the {@link HistoryWriter}. */
public final class HistoryObserver implements Observer {
  private static final int CHANGE_WEIGHT_BYTES = 300;
  private static final int HEADER_WEIGHT_BYTES = 150;

  private final HistoryWriter writer;
  private final Targets targets;

  /** Knows where webhooks point. */
  @FunctionalInterface
  public interface Targets {
    /** The target's host, and its port when the URL names one; empty when the webhook is gone. */
    Optional<String> hostOf(CompanyId company, WebhookId webhook);
  }

  /** An observer that feeds this writer. */
  public HistoryObserver(HistoryWriter writer, Targets targets) {
    this.writer = writer;
    this.targets = targets;
  }

  @Override
  public void routed(JournalRecord event, List<WebhookId> wanted, List<WebhookId> disabled) {
    writer.add(event.partition(), new Observed.Routed(event, wanted, disabled));
  }

  @Override
  public void attempted(AttemptReport report) {
    int partition = report.event().partition();
    if (!writer.hasRoomForDetails()) {
      var change = Changes.ofAttempt(report, /* details= */ null);
      writer.add(partition, new Observed.Ready(change, CHANGE_WEIGHT_BYTES));
      return;
    }
    writer.add(
        partition,
        switch (report.outcome()) {
          // What is told at once was routed just now: both are the same event in memory.
          case Outcome.Delivered(_, var answer, _) when report.attempt() == 1 ->
              new Observed.Tried(report, weightBytes(answer));
          case Outcome.Delivered(_, var answer, _) -> ready(report, null, weightBytes(answer));
          // Its target is named, as it is now.
          case Outcome.Refused(_, _, var answer, _) ->
              ready(report, hostOf(report).orElse(null), weightBytes(answer));
          case Outcome.Unreachable _ -> ready(report, null, CHANGE_WEIGHT_BYTES);
        });
  }

  private static Observed ready(AttemptReport report, @Nullable String target, int weightBytes) {
    return new Observed.Ready(
        Changes.ofAttempt(report, AttemptRows.of(report, target)), weightBytes);
  }

  private static int weightBytes(Outcome.Answer answer) {
    return CHANGE_WEIGHT_BYTES
        + answer.body().size()
        + HEADER_WEIGHT_BYTES * answer.headers().size();
  }

  private Optional<String> hostOf(AttemptReport report) {
    return targets.hostOf(report.event().call().company(), report.webhook());
  }

  @Override
  public void gaveUp(WebhookId webhook, JournalRecord event, Reason reason, Instant at) {
    var change = new Change.GivenUp(EventRef.of(event), webhook, reason, at);
    writer.add(event.partition(), new Observed.Ready(change, CHANGE_WEIGHT_BYTES));
  }

  @Override
  public void committed(int partition, long watermark) {
    writer.add(partition, new Observed.Committed(partition, watermark));
  }
}
