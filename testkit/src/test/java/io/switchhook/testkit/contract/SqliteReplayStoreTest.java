package io.switchhook.testkit.contract;

import io.switchhook.replay.ReplayStore;
import io.switchhook.replay.sqlite.SqliteReplayStore;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.DatabaseSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteReplayStoreTest extends ReplayStoreContract {
  @TempDir Path folder;

  // Opened by create(), which the suite calls before each test.
  @SuppressWarnings("NullAway.Init")
  private Database database;

  @Override
  protected ReplayStore create() {
    database =
        Database.open(
            DatabaseSettings.of(
                folder.resolve("state.db"),
                failure -> {
                  throw new AssertionError(failure);
                }));
    return new SqliteReplayStore(database);
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }
}
