package io.switchhook.history.sqlite;

import static io.switchhook.history.sqlite.Columns.bind;

import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.AttemptFigures;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryPlace;
import io.switchhook.history.DeliveryPlaces;
import io.switchhook.history.DeliveryQuery;
import io.switchhook.history.DeliveryRow;
import io.switchhook.history.EventRef;
import io.switchhook.history.Failure;
import io.switchhook.history.FailureGroup;
import io.switchhook.history.HistoryStore.Open;
import io.switchhook.history.HistoryStore.Told;
import io.switchhook.history.sqlite.DeliveryRows.NumberedWebhook;
import io.switchhook.sqlite.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds deliveries of one day. */
final class DeliverySearch {
  private final Session session;

  DeliverySearch(Session session) {
    this.session = session;
  }

  /** At most {@code max} deliveries that a query asks for, newest event first. */
  List<DeliveryRow> find(DeliveryQuery query, int max) throws SQLException {
    var found = new ArrayList<DeliveryRow>();
    var numbers = new HashMap<WebhookId, Integer>();
    var ways = ways(query);
    for (var webhook : asked(query)) {
      numbers.put(webhook.id(), webhook.number());
      for (var way : ways) {
        found.addAll(find(query, webhook, max, way));
      }
    }
    found.sort(DeliveryPlaces.NEWEST_FIRST);
    var shown = new ArrayList<DeliveryRow>();
    for (var row : found.subList(0, Math.min(found.size(), max))) {
      shown.add(DeliveryRows.withAttempts(session, numbers.getOrDefault(row.webhook(), 0), row));
    }
    return shown;
  }

  private List<NumberedWebhook> asked(DeliveryQuery query) throws SQLException {
    return webhooks(query.company()).stream()
        .filter(webhook -> !webhook.id().equals(DayWriter.NONE))
        .filter(webhook -> query.webhook() == null || query.webhook().equals(webhook.id()))
        .toList();
  }

  /** A stretch of the index of failures, in which deliveries lie by time. */
  private record Way(@Nullable Integer failure, @Nullable DeliveryOutcome outcome) {
    static final Way ANY = new Way(null, null);
  }

  private List<Way> ways(DeliveryQuery query) throws SQLException {
    if (query.failure() == null && (query.outcome() == null || !Failure.isOf(query.outcome()))) {
      return List.of(Way.ANY);
    }
    var ways = new ArrayList<Way>();
    for (int failure : new FailureRows(session).fitting(query.failure()).keySet()) {
      for (var outcome : DeliveryOutcome.values()) {
        if (Failure.isOf(outcome) && (query.outcome() == null || query.outcome() == outcome)) {
          ways.add(new Way(failure, outcome));
        }
      }
    }
    return ways;
  }

  private List<DeliveryRow> find(DeliveryQuery query, NumberedWebhook webhook, int max, Way way)
      throws SQLException {
    var sql = new StringBuilder("SELECT * FROM delivery");
    var values = new ArrayList<@Nullable Object>();
    var outcome = query.outcome();
    if (way.failure() != null && way.outcome() != null) {
      sql.append(" INDEXED BY delivery_failure WHERE failure = ? AND webhook = ?");
      values.add(way.failure());
      outcome = way.outcome();
    } else {
      sql.append(" WHERE webhook = ?");
    }
    values.add(webhook.number());
    if (outcome != null) {
      // Named so that the index of what is not delivered fits.
      sql.append(" AND outcome = ").append(outcome.code());
    }
    if (query.from() != null) {
      sql.append(" AND accepted_at >= ?");
      values.add(query.from());
    }
    if (query.to() != null) {
      sql.append(" AND accepted_at < ?");
      values.add(query.to());
    }
    if (query.cursor() != null) {
      var place = DeliveryPlace.of(query.cursor());
      var isBelow = webhook.id().compareTo(place.webhook()) < 0;
      sql.append(" AND (accepted_at, partition, offset) ")
          .append(isBelow ? "<=" : "<")
          .append(" (?, ?, ?)");
      values.addAll(Arrays.asList(place.acceptedAt(), place.partition(), place.offset()));
    }
    sql.append(" ORDER BY accepted_at DESC, partition DESC, offset DESC LIMIT ?");
    values.add(max);
    var select = session.prepared(sql.toString());
    bind(select, values.toArray());
    try (var rows = select.executeQuery()) {
      return DeliveryRows.read(session, webhook, rows);
    }
  }

  /** What a query asks for and failed, counted. */
  List<FailureGroup> failures(DeliveryQuery query) throws SQLException {
    var rows = new FailureRows(session);
    var groups = new ArrayList<FailureGroup>();
    for (var webhook : asked(query)) {
      groups.addAll(rows.groups(query, webhook));
    }
    return groups;
  }

  /** The latest attempts at a webhook. */
  List<AttemptFigures.Tried> latest(DeliveryQuery query, int max) throws SQLException {
    var tried = new ArrayList<AttemptFigures.Tried>();
    var from = query.from() == null ? Instant.EPOCH : query.from();
    for (var webhook : asked(query)) {
      tried.addAll(new LatestAttempts(session, webhook.number()).find(from, max));
    }
    return tried;
  }

  /** What became of an event. */
  Optional<Told> told(EventRef event) throws SQLException {
    var deliveries = new ArrayList<DeliveryRow>();
    var isUnwanted = false;
    for (var webhook : webhooks(event.call().company())) {
      var rows = rowOf(event, webhook);
      if (webhook.id().equals(DayWriter.NONE)) {
        isUnwanted = !rows.isEmpty();
      } else {
        deliveries.addAll(rows);
      }
    }
    return deliveries.isEmpty() && !isUnwanted
        ? Optional.empty()
        : Optional.of(new Told(deliveries));
  }

  private List<DeliveryRow> rowOf(EventRef event, NumberedWebhook webhook) throws SQLException {
    var select =
        session.prepared(
            """
            SELECT * FROM delivery WHERE webhook = ? AND accepted_at = ? AND partition = ? AND offset = ?
            """);
    bind(select, webhook.number(), event.acceptedAt(), event.partition(), event.offset());
    List<DeliveryRow> bare;
    try (var rows = select.executeQuery()) {
      bare = DeliveryRows.read(session, webhook, rows);
    }
    var whole = new ArrayList<DeliveryRow>();
    for (var row : bare) {
      whole.add(DeliveryRows.withAttempts(session, webhook.number(), row));
    }
    return whole;
  }

  private List<NumberedWebhook> webhooks(CompanyId company) throws SQLException {
    var select = session.prepared("SELECT no, id FROM webhook WHERE company = ? ORDER BY id");
    bind(select, company.bits());
    var webhooks = new ArrayList<NumberedWebhook>();
    try (var row = select.executeQuery()) {
      while (row.next()) {
        webhooks.add(
            new NumberedWebhook(row.getInt("no"), company, new WebhookId(row.getString("id"))));
      }
    }
    return webhooks;
  }

  /** At most {@code max} deliveries that are pending or failed, from behind a place on. */
  List<Open> open(@Nullable DeliveryPlace after, int max) throws SQLException {
    var select =
        session.prepared(
            """
            SELECT delivery.*, webhook.company, webhook.id FROM delivery JOIN webhook ON webhook.no = delivery.webhook
            WHERE outcome <= 2 AND (accepted_at, partition, offset) >= (?, ?, ?)
              AND NOT (accepted_at = ? AND partition = ? AND offset = ? AND webhook.id <= ?)
            ORDER BY accepted_at, partition, offset, webhook.id LIMIT ?
            """);
    long at = after == null ? Long.MIN_VALUE : after.acceptedAt().toEpochMilli();
    var partition = after == null ? 0 : after.partition();
    var offset = after == null ? 0L : after.offset();
    var id = after == null ? "" : after.webhook().value();
    bind(select, at, partition, offset, at, partition, offset, id, max);
    var open = new ArrayList<Open>();
    try (var row = select.executeQuery()) {
      while (row.next()) {
        var company = CompanyId.ofBits(row.getLong("company"));
        open.add(new Open(DeliveryRows.event(company, row), new WebhookId(row.getString("id"))));
      }
    }
    return open;
  }
}
