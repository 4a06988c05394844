package io.switchhook.history.sqlite;

import io.switchhook.sqlite.DatabaseFile;
import io.switchhook.sqlite.DatabaseSettings;
import io.switchhook.sqlite.Schema;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps up to where each partition's history is complete. */
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

  @Override
  public void close() {
    file.close();
  }
}
