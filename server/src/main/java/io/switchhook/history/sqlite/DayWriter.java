package io.switchhook.history.sqlite;

import static io.switchhook.history.sqlite.Columns.bind;

import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the changes of one day within one transaction: each row once, however often it moved. */
final class DayWriter {
  /** Stands where no webhook wants an event. */
  static final WebhookId NONE = new WebhookId("");

  private final Session session;
  private final CallRows calls;
  private final HealthRows health;
  private final FailureRows failures;
  private final List<Moved> moves = new ArrayList<>();
  private final Map<Webhook, Integer> numbers = new HashMap<>();

  private record Webhook(CompanyId company, WebhookId id) {}

  private record Delivery(EventRef event, WebhookId webhook) {}

  DayWriter(Session session) {
    this.session = session;
    this.calls = new CallRows(session);
    this.health = new HealthRows(session);
    this.failures = new FailureRows(session);
  }

  /** Returns how webhooks stand otherwise, once this is on the disk. */
  List<Moved> write(List<Change> changes) throws SQLException {
    var heard = new LinkedHashMap<CallId, List<Change.Heard>>();
    var deliveries = new LinkedHashMap<Delivery, List<Change.OfDelivery>>();
    for (var change : changes) {
      switch (change) {
        case Change.Heard one ->
            heard.computeIfAbsent(one.event().call(), _ -> new ArrayList<>()).add(one);
        case Change.Unwanted(var event) -> putUnwanted(event);
        case Change.OfDelivery one ->
            deliveries
                .computeIfAbsent(new Delivery(one.event(), one.webhook()), _ -> new ArrayList<>())
                .add(one);
      }
    }
    for (var call : heard.entrySet()) {
      calls.fold(call.getKey(), call.getValue());
    }
    for (var delivery : deliveries.entrySet()) {
      fold(delivery.getKey(), delivery.getValue());
    }
    return moves;
  }

  private void putUnwanted(EventRef event) throws SQLException {
    var state = new DeliveryState(DeliveryOutcome.NO_WEBHOOK, null, null, /* detailsLost= */ false);
    put(numberOf(event, NONE), event, state);
  }

  private void fold(Delivery delivery, List<Change.OfDelivery> changes) throws SQLException {
    var event = delivery.event();
    var webhook = numberOf(event, delivery.webhook());
    var before = stateOf(webhook, event);
    var state = before == null ? DeliveryState.NEW : before;
    LastFailure lastFailure = null;
    for (var change : changes) {
      state = state.after(change);
      if (change instanceof Change.Attempted attempted && attempted.details() != null) {
        putAttempt(webhook, event, attempted.details());
        lastFailure = LastFailure.later(lastFailure, LastFailure.of(attempted));
      }
    }
    if (!state.equals(before)) {
      put(webhook, event, state);
    }
    if (lastFailure != null) {
      health.put(webhook, lastFailure);
    }
    var change =
        WebhookHealth.moved(before == null ? null : before.outcome(), state.outcome(), lastFailure);
    if (!change.equals(WebhookHealth.NONE)) {
      moves.add(new Moved(event.call().company(), delivery.webhook(), change));
    }
  }

  private @Nullable DeliveryState stateOf(int webhook, EventRef event) throws SQLException {
    var select =
        session.prepared(
            """
            SELECT outcome, ended_at, next_at, details_lost FROM delivery
            WHERE webhook = ? AND accepted_at = ? AND partition = ? AND offset = ?
            """);
    bind(select, webhook, event.acceptedAt(), event.partition(), event.offset());
    try (var row = select.executeQuery()) {
      return row.next() ? DeliveryRows.state(row) : null;
    }
  }

  private void put(int webhook, EventRef event, DeliveryState state) throws SQLException {
    var put =
        session.prepared(
            """
            INSERT OR REPLACE INTO delivery (webhook, accepted_at, partition, offset, uid, sequence, kind, identity,
              outcome, ended_at, next_at, details_lost, failure)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
    bind(
        put,
        webhook,
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
        Failure.isOf(state.outcome()) ? failures.ofLastAttempt(webhook, event) : null);
    put.executeUpdate();
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
    var webhook = new Webhook(event.call().company(), id);
    var known = numbers.get(webhook);
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
      numbers.put(webhook, row.getInt("no"));
      return row.getInt("no");
    }
  }
}
