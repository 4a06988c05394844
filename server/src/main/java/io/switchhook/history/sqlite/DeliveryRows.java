package io.switchhook.history.sqlite;

import static io.switchhook.history.sqlite.Columns.bind;
import static io.switchhook.history.sqlite.Columns.instant;
import static io.switchhook.history.sqlite.Columns.integer;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.WebhookId;
import io.switchhook.history.AttemptRow;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryRow;
import io.switchhook.history.DeliveryState;
import io.switchhook.history.EventRef;
import io.switchhook.sqlite.Session;
import io.switchhook.webhook.RequestShape.Header;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes values of a day's delivery and attempt rows. */
final class DeliveryRows {
  private DeliveryRows() {}

  /** A company's webhook as a day's file numbers it. */
  record NumberedWebhook(int number, CompanyId company, WebhookId id) {}

  static DeliveryState state(ResultSet row) throws SQLException {
    return new DeliveryState(
        DeliveryOutcome.ofCode(row.getInt("outcome")),
        instant(row, "ended_at"),
        instant(row, "next_at"),
        row.getBoolean("details_lost"));
  }

  static EventRef event(CompanyId company, ResultSet row) throws SQLException {
    return new EventRef(
        new CallId(company, row.getString("uid")),
        row.getInt("partition"),
        row.getLong("offset"),
        row.getInt("sequence"),
        Kind.ofCode(row.getInt("kind")),
        Instant.ofEpochMilli(row.getLong("accepted_at")),
        Identity.ofBytes(row.getBytes("identity")));
  }

  /** All rows of a result, with no attempts but those that stand in them. */
  static List<DeliveryRow> read(Session session, NumberedWebhook webhook, ResultSet rows)
      throws SQLException {
    var found = new ArrayList<DeliveryRow>();
    while (rows.next()) {
      var state = state(rows);
      var event = event(webhook.company(), rows);
      var first = rows.getBytes("first");
      found.add(
          new DeliveryRow(
              event,
              webhook.id(),
              state.outcome(),
              state.endedAt(),
              state.nextAttemptAt(),
              state.detailsLost(),
              first == null
                  ? List.of()
                  : List.of(new FirstAttempt(first, event.acceptedAt()).row(session))));
    }
    return found;
  }

  /** A delivery with all its attempts. */
  static DeliveryRow withAttempts(Session session, int webhook, DeliveryRow row)
      throws SQLException {
    return new DeliveryRow(
        row.event(),
        row.webhook(),
        row.outcome(),
        row.endedAt(),
        row.nextAttemptAt(),
        row.detailsLost(),
        together(row.attempts(), attempts(session, webhook, row.event())));
  }

  /** Oldest first; what was told twice is there once. */
  private static List<AttemptRow> together(List<AttemptRow> inRow, List<AttemptRow> others) {
    if (inRow.isEmpty() || others.isEmpty()) {
      return inRow.isEmpty() ? others : inRow;
    }
    var all = new ArrayList<>(others);
    for (var one : inRow) {
      if (others.stream().noneMatch(other -> isSame(one, other))) {
        all.add(one);
      }
    }
    all.sort(Comparator.comparing(AttemptRow::startedAt).thenComparingInt(AttemptRow::number));
    return all.subList(Math.max(0, all.size() - DeliveryRow.ATTEMPTS_MAX), all.size());
  }

  private static boolean isSame(AttemptRow one, AttemptRow other) {
    return one.number() == other.number() && one.startedAt().equals(other.startedAt());
  }

  private static List<AttemptRow> attempts(Session session, int webhook, EventRef event)
      throws SQLException {
    var select =
        session.prepared(
            """
            SELECT * FROM attempt WHERE webhook = ? AND accepted_at = ? AND partition = ? AND offset = ?
            ORDER BY started_at DESC, number DESC LIMIT ?
            """);
    bind(
        select,
        webhook,
        event.acceptedAt(),
        event.partition(),
        event.offset(),
        DeliveryRow.ATTEMPTS_MAX);
    var newestFirst = new ArrayList<AttemptRow>();
    try (var row = select.executeQuery()) {
      while (row.next()) {
        newestFirst.add(attempt(row));
      }
    }
    return newestFirst.reversed();
  }

  private static AttemptRow attempt(ResultSet row) throws SQLException {
    return new AttemptRow(
        row.getInt("number"),
        Instant.ofEpochMilli(row.getLong("started_at")),
        Duration.ofNanos(row.getLong("took_us") * 1_000),
        integer(row, "status"),
        row.getString("words"),
        headers(row.getString("headers")),
        Bytes.wrap(row.getBytes("excerpt")),
        row.getBoolean("cut"),
        instant(row, "next_at"),
        row.getBoolean("replay"));
  }

  static String headerLines(List<Header> headers) {
    var lines = new ArrayList<String>();
    for (var header : headers) {
      lines.add(header.name());
      lines.add(header.value());
    }
    return Columns.lines(lines);
  }

  static List<Header> headers(String lines) {
    var texts = Columns.ofLines(lines);
    var headers = new ArrayList<Header>();
    for (var i = 0; i + 1 < texts.size(); i += 2) {
      headers.add(new Header(texts.get(i), texts.get(i + 1)));
    }
    return headers;
  }
}
