package io.switchhook.history;

import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what {@link History} answers, in days by the acceptance of the event, UTC. One writer, many
 * readers; what was written can be read when the write returned. Fails with {@link
 * HistoryException}.
 *
 * <p>A call is listed in the day of its first event. An event with a sequence above 1 belongs to
 * the latest call of its id that began at most {@link #CALL_DAYS_MAX} days before.
 */
public interface HistoryStore extends AutoCloseable {
  /** How many days back the beginning of a call is looked for. */
  int CALL_DAYS_MAX = 5;

  /** Keeps these changes durably, in their order. Told again, they change nothing. */
  void write(List<Change> changes);

  /**
   * Keeps durably, for each partition named, the offset below which everything was written. The
   * caller has written it.
   */
  void writeWatermarks(Map<Integer, Long> watermarks);

  /** The watermarks that were written. */
  Map<Integer, Long> watermarks();

  /** The calls that a query asks for, newest first. */
  Page<CallSummary> calls(CallQuery query);

  /** The deliveries that a query without a {@code uid} asks for, newest event first. */
  Page<DeliveryRow> deliveries(DeliveryQuery query);

  /** As {@link History#failures} says it. */
  List<FailureGroup> failures(DeliveryQuery query);

  /** As {@link History#figures} says it. */
  AttemptFigures figures(CompanyId company, WebhookId webhook, Instant from);

  /** What became of one event; empty when nobody told. */
  Optional<Told> told(EventRef event);

  /**
   * Deliveries that are pending or failed, oldest event first, at most {@code max}.
   *
   * @param after the last one of the page before; null for the first page
   */
  List<Open> open(@Nullable Open after, int max);

  /**
   * Forgets all days before this one for good, row by row for none of them. What is written of them
   * later is passed over. How many of their deliveries went by retention stays in {@link #health}.
   */
  Forgotten forgetBefore(LocalDate day);

  /**
   * How a company's webhooks stand; one that is missing stands at {@link WebhookHealth#NONE}. What
   * went by retention is counted for good. Answered from memory: does not block.
   */
  Map<WebhookId, WebhookHealth> health(CompanyId company);

  /** Releases the store. Safe to call twice. */
  @Override
  void close();

  /**
   * What went with days that were forgotten.
   *
   * @param days how many there were
   * @param open for each webhook, how many of its deliveries nothing had ended: it was so far
   *     behind that they were given up unread
   */
  record Forgotten(int days, Map<WebhookId, Long> open) {
    public Forgotten {
      open = Map.copyOf(open);
    }
  }

  /** What became of one event: its deliveries by webhook; none when it matched no webhook. */
  record Told(List<DeliveryRow> deliveries) {
    public Told {
      deliveries = List.copyOf(deliveries);
    }
  }

  /** A delivery that is not terminal as far as history knows. */
  record Open(EventRef event, WebhookId webhook) {}
}
