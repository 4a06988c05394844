package io.switchhook.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.history.HistoryStore;
import io.switchhook.history.sqlite.SqliteHistoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteHistoryRetentionTest extends HistoryRetentionContract {
  @TempDir Path folder;

  @Override
  HistoryStore open() {
    return new SqliteHistoryStore(folder.resolve("history"));
  }

  @Override
  HistoryStore reopened() {
    store.close();
    return open();
  }

  @Test
  void filesOfForgottenDaysAreDeleted() throws IOException {
    store.write(List.of(Events.heard(Events.event("c1", 1, Events.NOON), 1)));
    store.forgetBefore(LocalDate.of(2026, 11, 23));

    try (var files = Files.list(folder.resolve("history"))) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("2026-"))).isEmpty();
    }
  }
}
