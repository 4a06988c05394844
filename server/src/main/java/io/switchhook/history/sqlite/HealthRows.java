package io.switchhook.history.sqlite;

import static io.switchhook.history.sqlite.Columns.bind;
import static io.switchhook.history.sqlite.Columns.integer;

import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.LastFailure;
import io.switchhook.history.WebhookHealth;
import io.switchhook.sqlite.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a day's file says of how webhooks stand: how many deliveries are open, how many were given
 * up, what failed last.
 */
final class HealthRows {
  /** A webhook's health moved by so much. */
  record Moved(CompanyId company, WebhookId webhook, WebhookHealth change) {}

  private final Session session;

  HealthRows(Session session) {
    this.session = session;
  }

  /** All that the file holds, as the move from nothing to it. */
  List<Moved> all() throws SQLException {
    var all = new ArrayList<Moved>();
    var open =
        session.prepared(
            """
            SELECT webhook.company, webhook.id, count(*) AS open
            FROM delivery INDEXED BY delivery_open JOIN webhook ON webhook.no = delivery.webhook
            WHERE outcome <= 2 GROUP BY delivery.webhook
            """);
    try (var row = open.executeQuery()) {
      while (row.next()) {
        all.add(moved(row, new WebhookHealth(row.getLong("open"), null)));
      }
    }
    addGivenUp(all);
    var failures =
        session.prepared(
            """
            SELECT webhook.company, webhook.id, last_failure.*
            FROM last_failure JOIN webhook ON webhook.no = last_failure.webhook
            """);
    try (var row = failures.executeQuery()) {
      while (row.next()) {
        var failure =
            new LastFailure(
                Instant.ofEpochMilli(row.getLong("at")),
                row.getInt("attempt"),
                integer(row, "status"),
                row.getString("words"));
        all.add(moved(row, new WebhookHealth(0, failure)));
      }
    }
    return all;
  }

  /** Looked up in the index for each webhook, so that what nobody wanted is not walked over. */
  private void addGivenUp(List<Moved> all) throws SQLException {
    var givenUp =
        session.prepared(
            """
            SELECT webhook.company, webhook.id, outcome, count(*) AS given_up
            FROM webhook CROSS JOIN delivery INDEXED BY delivery_not_delivered ON delivery.webhook = webhook.no
            WHERE outcome <> 3 AND outcome BETWEEN 4 AND 8 GROUP BY webhook.no, outcome
            """);
    try (var row = givenUp.executeQuery()) {
      while (row.next()) {
        var outcome = DeliveryOutcome.ofCode(row.getInt("outcome"));
        all.add(moved(row, WebhookHealth.counted(outcome, row.getLong("given_up"))));
      }
    }
  }

  private static Moved moved(ResultSet row, WebhookHealth change) throws SQLException {
    return new Moved(
        CompanyId.ofBits(row.getLong("company")), new WebhookId(row.getString("id")), change);
  }

  /** Keeps a failure unless a later one is kept. */
  void put(int webhook, LastFailure failure) throws SQLException {
    var put =
        session.prepared(
            """
            INSERT INTO last_failure (webhook, at, attempt, status, words) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (webhook) DO UPDATE SET
              at = excluded.at, attempt = excluded.attempt, status = excluded.status, words = excluded.words
            WHERE excluded.at >= last_failure.at
            """);
    bind(put, webhook, failure.at(), failure.attempt(), failure.status(), failure.words());
    put.executeUpdate();
  }
}
