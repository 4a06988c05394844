package io.switchhook.history.sqlite;

import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.sqlite.HealthBoard.Lost;
import io.switchhook.sqlite.DatabaseFile;
import io.switchhook.sqlite.DatabaseSettings;
import io.switchhook.sqlite.Schema;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps what no day's file says: up to where each partition's history is complete, and how much
 * went by retention with days that are gone.
 */
final class Watermarks implements AutoCloseable {
  private static final Schema SCHEMA =
      new Schema(
          "history watermarks",
          List.of(
              """
              CREATE TABLE watermark (
                partition INTEGER PRIMARY KEY,
                offset    INTEGER NOT NULL
              );
              """,
              """
              CREATE TABLE lost (
                day        TEXT    NOT NULL,
                company    INTEGER NOT NULL,
                webhook    TEXT    NOT NULL,
                deliveries INTEGER NOT NULL,
                PRIMARY KEY (day, company, webhook)
              ) WITHOUT ROWID;
              """));

  private final DatabaseFile file;

  Watermarks(Path folder) {
    var path = folder.resolve("watermarks.db");
    file = DatabaseFile.open(DatabaseSettings.of(path, /* onFatal= */ _ -> {}));
    file.install(SCHEMA);
  }

  void write(Map<Integer, Long> written) {
    file.write(
        session -> {
          var put =
              session.prepared(
                  "INSERT OR REPLACE INTO watermark (partition, offset) VALUES (?, ?)");
          for (var watermark : written.entrySet()) {
            Columns.bind(put, watermark.getKey(), watermark.getValue());
            put.executeUpdate();
          }
          return written;
        });
    file.maintain();
  }

  Map<Integer, Long> read() {
    return file.read(
        session -> {
          var read = new HashMap<Integer, Long>();
          try (var row =
              session.prepared("SELECT partition, offset FROM watermark").executeQuery()) {
            while (row.next()) {
              read.put(row.getInt("partition"), row.getLong("offset"));
            }
          }
          return read;
        });
  }

  /** Keeps what goes with days, before they go; of a day that is named again, what is said now. */
  void writeLost(List<Lost> lost) {
    if (lost.isEmpty()) {
      return;
    }
    file.write(
        session -> {
          var put =
              session.prepared(
                  "INSERT OR REPLACE INTO lost (day, company, webhook, deliveries) VALUES (?, ?, ?, ?)");
          for (var one : lost) {
            Columns.bind(
                put,
                one.day().toString(),
                one.company().bits(),
                one.webhook().value(),
                one.deliveries());
            put.executeUpdate();
          }
          return lost;
        });
    file.maintain();
  }

  List<Lost> readLost() {
    return file.read(
        session -> {
          var read = new ArrayList<Lost>();
          try (var row = session.prepared("SELECT * FROM lost").executeQuery()) {
            while (row.next()) {
              read.add(
                  new Lost(
                      LocalDate.parse(row.getString("day")),
                      CompanyId.ofBits(row.getLong("company")),
                      new WebhookId(row.getString("webhook")),
                      row.getLong("deliveries")));
            }
          }
          return read;
        });
  }

  @Override
  public void close() {
    file.close();
  }
}
