package io.switchhook.history.sqlite;

import static io.switchhook.history.sqlite.Columns.bind;

import io.switchhook.event.CallId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.AttemptRow;
import io.switchhook.history.Change;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryState;
import io.switchhook.history.EventRef;
import io.switchhook.history.Failure;
import io.switchhook.history.LastFailure;
import io.switchhook.history.WebhookHealth;
import io.switchhook.history.sqlite.HealthRows.Moved;
import io.switchhook.sqlite.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the changes of one day within one transaction: each row once, however often it moved. */
final class DayWriter {
  /** Stands where no webhook wants an event. */
  static final WebhookId NONE = new WebhookId("");

  private static final Comparator<Delivery> BY_PLACE =
      Comparator.<Delivery>comparingLong(one -> one.acceptedMillis)
          .thenComparingInt(one -> one.event.partition())
          .thenComparingLong(one -> one.event.offset());

  private final Session session;
  private final DayMemory memory;
  private final CallRows calls;
  private final HealthRows health;
  private final FailureRows failures;
  private final List<Moved> moves = new ArrayList<>();

  private record DeliveryKey(int partition, long offset, WebhookId webhook) {}

  /** What was heard of a delivery. */
  private static final class Delivery {
    final EventRef event;
    final WebhookId webhook;
    final int number;
    final long acceptedMillis;
    final List<Change.OfDelivery> changes = new ArrayList<>(2);
    boolean isWanted;

    Delivery(EventRef event, WebhookId webhook, int number) {
      this.event = event;
      this.webhook = webhook;
      this.number = number;
      this.acceptedMillis = event.acceptedAt().toEpochMilli();
    }

    DeliveryState after(DeliveryState before) {
      var state = before;
      for (var change : changes) {
        state = state.after(change);
      }
      return state;
    }
  }

  DayWriter(Session session, DayMemory memory) {
    this.session = session;
    this.memory = memory;
    this.calls = new CallRows(session);
    this.health = new HealthRows(session);
    this.failures = new FailureRows(session);
  }

  /** Returns how webhooks stand otherwise, once this is on the disk. */
  List<Moved> write(List<Change> changes) throws SQLException {
    var heard = new LinkedHashMap<CallId, List<Change.Heard>>();
    var deliveries = new LinkedHashMap<DeliveryKey, Delivery>();
    for (var change : changes) {
      switch (change) {
        case Change.Heard one ->
            heard.computeIfAbsent(one.event().call(), _ -> new ArrayList<>(2)).add(one);
        case Change.Unwanted(var event) -> putUnwanted(event);
        case Change.OfDelivery one -> add(deliveries, one);
      }
    }
    for (var call : heard.entrySet()) {
      calls.fold(memory.calls, call.getKey(), call.getValue());
    }
    // In the order of the rows, so that those that are neighbours are written together. Those of a
    // webhook come nearly in order.
    var byWebhook = new TreeMap<Integer, List<Delivery>>();
    for (var delivery : deliveries.values()) {
      byWebhook.computeIfAbsent(delivery.number, _ -> new ArrayList<>()).add(delivery);
    }
    for (var ofWebhook : byWebhook.values()) {
      ofWebhook.sort(BY_PLACE);
      for (var delivery : ofWebhook) {
        fold(delivery);
      }
    }
    return moves;
  }

  private void add(Map<DeliveryKey, Delivery> deliveries, Change.OfDelivery change)
      throws SQLException {
    var event = change.event();
    var key = new DeliveryKey(event.partition(), event.offset(), change.webhook());
    var delivery = deliveries.get(key);
    if (delivery == null) {
      delivery = new Delivery(event, change.webhook(), numberOf(event, change.webhook()));
      deliveries.put(key, delivery);
    }
    delivery.isWanted |= change instanceof Change.Wanted;
    delivery.changes.add(change);
  }

  private void putUnwanted(EventRef event) throws SQLException {
    var state = new DeliveryState(DeliveryOutcome.NO_WEBHOOK, null, null, /* detailsLost= */ false);
    var _ = insert(new Delivery(event, NONE, numberOf(event, NONE)), state, null);
  }

  private void fold(Delivery delivery) throws SQLException {
    var first = FirstAttempt.of(delivery.changes);
    if (delivery.isWanted && isPlain(delivery, first)) {
      // What is wanted was hardly ever told before: to try is cheaper than to look.
      var state = delivery.after(DeliveryState.NEW);
      if (!Failure.isOf(state.outcome()) && insert(delivery, state, first)) {
        moved(delivery, null, state, null);
        return;
      }
    }
    foldInto(stateOf(delivery), delivery, first);
  }

  /** True when all that is to be written of it fits into its row. */
  private static boolean isPlain(Delivery delivery, @Nullable AttemptRow first) {
    for (var change : delivery.changes) {
      if (change instanceof Change.Attempted && first == null) {
        return false;
      }
    }
    return true;
  }

  private void foldInto(
      @Nullable DeliveryState before, Delivery delivery, @Nullable AttemptRow first)
      throws SQLException {
    var state = delivery.after(before == null ? DeliveryState.NEW : before);
    boolean isInRow =
        first != null && (before == null || before.outcome() == DeliveryOutcome.PENDING);
    LastFailure lastFailure = null;
    for (var change : delivery.changes) {
      if (!isInRow && change instanceof Change.Attempted attempted && attempted.details() != null) {
        putAttempt(delivery.number, delivery.event, attempted.details());
        lastFailure = LastFailure.later(lastFailure, LastFailure.of(attempted));
      }
    }
    if (before == null) {
      var _ = insert(delivery, state, first);
    } else if (!state.equals(before)) {
      update(delivery, state, isInRow ? first : null);
    }
    if (lastFailure != null) {
      health.put(delivery.number, lastFailure);
    }
    moved(delivery, before, state, lastFailure);
  }

  private void moved(
      Delivery delivery,
      @Nullable DeliveryState before,
      DeliveryState now,
      @Nullable LastFailure lastFailure) {
    if (before == null && now.outcome() == DeliveryOutcome.DELIVERED && lastFailure == null) {
      return;
    }
    var change =
        WebhookHealth.moved(before == null ? null : before.outcome(), now.outcome(), lastFailure);
    if (!change.equals(WebhookHealth.NONE)) {
      moves.add(new Moved(delivery.event.call().company(), delivery.webhook, change));
    }
  }

  private @Nullable DeliveryState stateOf(Delivery delivery) throws SQLException {
    var event = delivery.event;
    var select =
        session.prepared(
            """
            SELECT outcome, ended_at, next_at, details_lost FROM delivery
            WHERE webhook = ? AND accepted_at = ? AND partition = ? AND offset = ?
            """);
    bind(select, delivery.number, event.acceptedAt(), event.partition(), event.offset());
    try (var row = select.executeQuery()) {
      return row.next() ? DeliveryRows.state(row) : null;
    }
  }

  /** Returns false when there is a row already. */
  private boolean insert(Delivery delivery, DeliveryState state, @Nullable AttemptRow first)
      throws SQLException {
    var insert =
        session.prepared(
            """
            INSERT OR IGNORE INTO delivery (webhook, accepted_at, partition, offset, uid, sequence, kind, identity,
              outcome, ended_at, next_at, details_lost, failure, first)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
    var event = delivery.event;
    bind(
        insert,
        delivery.number,
        event.acceptedAt(),
        event.partition(),
        event.offset(),
        event.call().uid(),
        event.sequence(),
        event.kind().code(),
        event.identity().toBytes(),
        state.outcome().code(),
        state.endedAt(),
        state.nextAttemptAt(),
        state.detailsLost(),
        failureOf(delivery, state),
        stored(first, event));
    return insert.executeUpdate() == 1;
  }

  private void update(Delivery delivery, DeliveryState state, @Nullable AttemptRow first)
      throws SQLException {
    var update =
        session.prepared(
            """
            UPDATE delivery SET outcome = ?, ended_at = ?, next_at = ?, details_lost = ?, failure = ?,
              first = coalesce(?, first)
            WHERE webhook = ? AND accepted_at = ? AND partition = ? AND offset = ?
            """);
    var event = delivery.event;
    bind(
        update,
        state.outcome().code(),
        state.endedAt(),
        state.nextAttemptAt(),
        state.detailsLost(),
        failureOf(delivery, state),
        stored(first, event),
        delivery.number,
        event.acceptedAt(),
        event.partition(),
        event.offset());
    update.executeUpdate();
  }

  private @Nullable Integer failureOf(Delivery delivery, DeliveryState state) throws SQLException {
    return Failure.isOf(state.outcome())
        ? Integer.valueOf(failures.ofLastAttempt(delivery.number, delivery.event))
        : null;
  }

  private byte @Nullable [] stored(@Nullable AttemptRow first, EventRef event) throws SQLException {
    return first == null
        ? null
        : FirstAttempt.stored(session, memory.answers, first, event.acceptedAt());
  }

  private void putAttempt(int webhook, EventRef event, AttemptRow attempt) throws SQLException {
    var put =
        session.prepared(
            """
            INSERT OR REPLACE INTO attempt (webhook, accepted_at, partition, offset, started_at, number, took_us, status,
              words, headers, excerpt, cut, next_at, replay)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
    bind(
        put,
        webhook,
        event.acceptedAt(),
        event.partition(),
        event.offset(),
        attempt.startedAt(),
        attempt.number(),
        attempt.took().toNanos() / 1_000,
        attempt.status(),
        attempt.words(),
        DeliveryRows.headerLines(attempt.answerHeaders()),
        attempt.answerExcerpt().array(),
        attempt.answerCut(),
        attempt.nextAttemptAt(),
        attempt.replay());
    put.executeUpdate();
  }

  private int numberOf(EventRef event, WebhookId id) throws SQLException {
    var webhook = new DayMemory.Webhook(event.call().company(), id);
    var known = memory.webhooks.get(webhook);
    if (known != null) {
      return known;
    }
    var insert = session.prepared("INSERT OR IGNORE INTO webhook (company, id) VALUES (?, ?)");
    bind(insert, webhook.company().bits(), id.value());
    insert.executeUpdate();
    var select = session.prepared("SELECT no FROM webhook WHERE company = ? AND id = ?");
    bind(select, webhook.company().bits(), id.value());
    try (var row = select.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("a webhook's number is missing");
      }
      memory.webhooks.put(webhook, row.getInt("no"));
      return row.getInt("no");
    }
  }
}
