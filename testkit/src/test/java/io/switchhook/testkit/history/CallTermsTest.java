package io.switchhook.testkit.history;

import static io.switchhook.testkit.history.Events.NOON;
import static io.switchhook.testkit.history.Events.event;
import static io.switchhook.testkit.history.Events.heard;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.history.CallFacts;
import io.switchhook.history.CallQuery;
import io.switchhook.history.Change;
import io.switchhook.history.HistoryStore;
import io.switchhook.history.memory.MemoryHistoryStore;
import io.switchhook.history.sqlite.SqliteHistoryStore;
import io.switchhook.sqlite.DatabaseFile;
import io.switchhook.sqlite.DatabaseSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls are found by who had a part in them, and by their references, in every store. */
final class CallTermsTest {
  @TempDir Path folder;

  @Test
  void callIsFoundByEveryUserWhoHadAPartAndByItsReferences() {
    try (var store = new SqliteHistoryStore(folder.resolve("history"))) {
      check(store);
    }
  }

  @Test
  void callIsFoundInMemoryAsWell() {
    try (var store = new MemoryHistoryStore()) {
      check(store);
    }
  }

  private static void check(HistoryStore store) {
    store.write(
        List.of(
            heard(event("c1", 1, NOON), named(List.of("+918586848501", "Ravi K"), "Order-77")),
            heard(event("c1", 2, NOON.plusSeconds(1)), named(List.of("meera"), "")),
            heard(event("c2", 1, NOON), named(List.of("ravindra"), "order-78"))));

    assertThat(found(store, "ravi", null)).containsExactlyInAnyOrder("c1", "c2");
    assertThat(found(store, "RAVI ", null)).containsExactlyInAnyOrder("c1", "c2");
    assertThat(found(store, "+91 85868", null)).containsExactly("c1");
    assertThat(found(store, "Meera", null)).containsExactly("c1");
    assertThat(found(store, "avi", null)).isEmpty();
    assertThat(found(store, "%", null)).isEmpty();
    assertThat(found(store, null, "order-7")).containsExactlyInAnyOrder("c1", "c2");
    assertThat(found(store, null, "ORDER-78")).containsExactly("c2");
    assertThat(found(store, "meera", "order-77")).containsExactly("c1");
    assertThat(found(store, "order-77", null)).isEmpty();
  }

  /** Few are looked up one by one, many are met going through all by time: nobody may notice. */
  @Test
  void newestCallsComeFirstHoweverManyAreFound() {
    try (var store = new SqliteHistoryStore(folder.resolve("history"))) {
      var calls = new ArrayList<Change>();
      for (int number = 1; number <= 1_000; number++) {
        calls.add(taken(number));
      }
      store.write(calls);
      assertThat(found(store, "ravi", null)).startsWith("c1000", "c999", "c998").hasSize(10);

      store.write(List.of(taken(1_001), taken(1_002)));

      assertThat(found(store, "ravi", null)).startsWith("c1002", "c1001", "c1000").hasSize(10);
    }
  }

  private static Change taken(int number) {
    return heard(event("c" + number, 1, NOON.plusMillis(number)), named(List.of("ravi"), ""));
  }

  @Test
  void usersOfCallsThatWereWrittenBeforeAreFoundAfterwards() {
    var history = folder.resolve("history");
    try (var store = new SqliteHistoryStore(history)) {
      store.write(List.of(heard(event("c1", 1, NOON), 6)));
    }
    try (var file =
        DatabaseFile.open(
            DatabaseSettings.of(history.resolve("2026-11-22.db"), /* onFatal= */ _ -> {}))) {
      file.write(
          session -> {
            session.run("DROP TABLE answer");
            session.run("ALTER TABLE delivery DROP COLUMN first");
            session.run("DROP TABLE call_term");
            session.run("ALTER TABLE call DROP COLUMN refs");
            session.run("UPDATE schema_version SET version = 4 WHERE owner = 'history'");
            return session;
          });
    }
    try (var store = new SqliteHistoryStore(history)) {
      assertThat(found(store, "+9185868", null)).containsExactly("c1");
    }
  }

  private static CallFacts named(List<String> users, String reference) {
    return new CallFacts(
        5, 1, null, null, null, null, users, reference.isEmpty() ? List.of() : List.of(reference));
  }

  private static List<String> found(
      HistoryStore store, @Nullable String user, @Nullable String reference) {
    var query = new CallQuery(Events.COMPANY, null, null, user, reference, null, null, null, 10);
    return store.calls(query).items().stream().map(it -> it.call().uid()).toList();
  }
}
