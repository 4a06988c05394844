package io.switchhook.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchhook.history.CallQuery;
import io.switchhook.history.Change;
import io.switchhook.history.HistoryException;
import io.switchhook.history.HistoryStore;
import io.switchhook.history.sqlite.SqliteHistoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteHistoryStoreTest extends HistoryStoreContract {
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
  void eachDayHasFileOfItsOwn() {
    var changes = new ArrayList<Change>();
    for (var day = 0; day < 12; day++) {
      var event = Events.event("c" + day, 1, Events.NOON.plus(Duration.ofDays(day)));
      changes.add(Events.heard(event, 1));
      changes.add(Events.delivered(event, Events.CRM, 1));
    }
    store.write(changes);
    assertThat(folder.resolve("history/2026-11-22.db")).exists();
    assertThat(folder.resolve("history/2026-12-03.db")).exists();
    // More days than stay open are still all found.
    assertThat(store.calls(CallQuery.of(Events.COMPANY)).items()).hasSize(12);
  }

  @Test
  void dayThatCannotBeReadDoesNotKeepTheStoreFromOpening() throws IOException {
    var damaged = Events.event("c1", 1, Events.NOON);
    var whole = Events.event("c2", 1, Events.NOON.plus(Duration.ofDays(1)));
    store.write(List.of(Events.failed(damaged, Events.CRM, 1)));
    store.write(List.of(Events.failed(whole, Events.CRM, 1)));
    store.close();
    for (var ending : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve("history/2026-11-22.db" + ending));
    }
    Files.writeString(folder.resolve("history/2026-11-22.db"), "no database ".repeat(100));

    store = open();

    assertThat(store.health(Events.COMPANY))
        .hasEntrySatisfying(Events.CRM, health -> assertThat(health.backlog()).isEqualTo(1));
  }

  @Test
  void fileThatIsNoDatabaseIsTold() throws IOException {
    var day = folder.resolve("history/2026-11-22.db");
    Files.writeString(day, "not a database, but long enough to look like one ".repeat(100));
    assertThatThrownBy(
            () -> store.write(List.of(Events.heard(Events.event("c1", 1, Events.NOON), 1))))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("2026-11-22.db");
  }
}
