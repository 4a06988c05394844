package io.switchhook.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.source.memory.MemoryFollowCursors;
import io.switchhook.source.sqlite.SqliteFollowCursors;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.DatabaseSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store of follow cursors must do. */
class FollowCursorsTest {
  @TempDir private Path folder;

  @Test
  void memoryKeepsWhatWasStored() {
    keepsWhatWasStored(new MemoryFollowCursors());
  }

  @Test
  void sqliteKeepsWhatWasStored() {
    try (var database = open()) {
      keepsWhatWasStored(new SqliteFollowCursors(database, "after-call"));
    }
  }

  @Test
  void sqliteKeepsItThroughARestartAndApartFromOtherFollowers() {
    try (var database = open()) {
      new SqliteFollowCursors(database, "after-call").store(Map.of(1, 5L));
      new SqliteFollowCursors(database, "other").store(Map.of(1, 7L));
    }
    try (var database = open()) {
      assertThat(new SqliteFollowCursors(database, "after-call").load()).isEqualTo(Map.of(1, 5L));
    }
  }

  private static void keepsWhatWasStored(FollowCursors cursors) {
    assertThat(cursors.load()).isEmpty();

    cursors.store(Map.of(0, 0L, 255, Long.MAX_VALUE));
    cursors.store(Map.of(0, 12L));
    cursors.store(Map.of());

    assertThat(cursors.load()).isEqualTo(Map.of(0, 12L, 255, Long.MAX_VALUE));
  }

  private Database open() {
    return Database.open(
        DatabaseSettings.of(
            folder.resolve("state.db"),
            e -> {
              throw new AssertionError(e);
            }));
  }
}
