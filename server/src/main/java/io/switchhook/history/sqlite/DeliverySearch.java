package io.switchhook.history.sqlite;

import static io.switchhook.history.sqlite.Columns.bind;

import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.DeliveryPlace;
import io.switchhook.history.DeliveryPlaces;
import io.switchhook.history.DeliveryQuery;
import io.switchhook.history.DeliveryRow;
import io.switchhook.history.EventRef;
import io.switchhook.history.HistoryStore.Open;
import io.switchhook.history.HistoryStore.Told;
import io.switchhook.history.sqlite.DeliveryRows.NumberedWebhook;
import io.switchhook.sqlite.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
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
    for (var webhook : webhooks(query.company())) {
      if (!webhook.id().equals(DayWriter.NONE)
          && (query.webhook() == null || query.webhook().equals(webhook.id()))) {
        found.addAll(find(query, webhook, max));
      }
    }
    found.sort(DeliveryPlaces.NEWEST_FIRST);
    return found.subList(0, Math.min(found.size(), max));
  }

  private List<DeliveryRow> find(DeliveryQuery query, NumberedWebhook webhook, int max)
      throws SQLException {
    var sql = new StringBuilder("SELECT * FROM delivery WHERE webhook = ?");
    var values = new ArrayList<@Nullable Object>();
    values.add(webhook.number());
    if (query.outcome() != null) {
      // Named so that the index of what is not delivered fits.
      sql.append(" AND outcome = ").append(query.outcome().code());
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
    try (var rows = select.executeQuery()) {
      return DeliveryRows.read(session, webhook, rows);
    }
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
