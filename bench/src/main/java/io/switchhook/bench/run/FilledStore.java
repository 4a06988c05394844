package io.switchhook.bench.run;

import io.switchhook.bench.retention.FillJournal;
import io.switchhook.bench.retention.StoppedServer;
import java.nio.file.Path;
import java.time.Instant;

/** A store that has seen much today before a server is started on it. */
final class FilledStore {
  private FilledStore() {}

  /** Fills a data folder with so many events of companies that no webhook belongs to. */
  static void make(Path data, long events) {
    try (var journal = new FillJournal(data, Instant.now())) {
      journal.fill(events);
      try (var server = new StoppedServer(data)) {
        server.passTo(journal.ends());
      }
    }
  }
}
