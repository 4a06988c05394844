package io.switchhook.testkit.history;

import static io.switchhook.testkit.history.Events.BILLING;
import static io.switchhook.testkit.history.Events.COMPANY;
import static io.switchhook.testkit.history.Events.CRM;
import static io.switchhook.testkit.history.Events.NOON;
import static io.switchhook.testkit.history.Events.delivered;
import static io.switchhook.testkit.history.Events.event;
import static io.switchhook.testkit.history.Events.failed;
import static io.switchhook.testkit.history.Events.heard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.event.Bytes;
import io.switchhook.history.AttemptRow;
import io.switchhook.history.CallQuery;
import io.switchhook.history.CallSummary;
import io.switchhook.history.Change;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryRow;
import io.switchhook.history.EventRef;
import io.switchhook.history.WebhookHealth;
import io.switchhook.history.sqlite.SqliteHistoryStore;
import io.switchhook.sqlite.DatabaseFile;
import io.switchhook.sqlite.DatabaseSettings;
import io.switchhook.webhook.RequestShape.Header;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is delivered at once stands in one row, and what the writer knows of a file stays true. */
final class FirstAttemptTest {
  @TempDir Path folder;
  private SqliteHistoryStore store;

  @BeforeEach
  void open() {
    store = new SqliteHistoryStore(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void answersAreShownAsTheyCameHoweverOftenTheirHeadersCome() {
    var attempts = new ArrayList<AttemptRow>();
    for (int i = 0; i < 5; i++) {
      var usual =
          List.of(
              new Header("Server", "nginx"),
              new Header("date", "Sun, 22 Nov 2026 12:00:0" + i + " GMT"),
              new Header("X-Empty", ""));
      attempts.add(attempt(i, usual));
    }
    attempts.add(attempt(5, List.of(new Header("X-Request-Id", "a"))));
    attempts.add(attempt(6, List.of(new Header("Date", ""))));
    attempts.add(attempt(7, List.of(new Header("Date", ""))));
    attempts.add(attempt(8, List.of()));
    for (int i = 0; i < attempts.size(); i++) {
      store.write(told(event("c" + i, 1, NOON), attempts.get(i)));
    }

    for (int i = 0; i < attempts.size(); i++) {
      assertThat(only(event("c" + i, 1, NOON)).attempts()).containsExactly(attempts.get(i));
    }
    store.close();
    try (var file = file()) {
      // Only what came twice is numbered.
      assertThat(count(file, "answer")).isEqualTo(2);
      assertThat(count(file, "attempt")).isZero();
      assertThat(count(file, "delivery")).isEqualTo(9);
    }
    open();
    assertThat(only(event("c3", 1, NOON)).attempts()).containsExactly(attempts.get(3));
  }

  @Test
  void successThatIsToldAgainIsShownAndCountedOnce() {
    var event = event("c1", 1, NOON);
    var again = List.<Change>of(new Change.Wanted(event, CRM), delivered(event, CRM, 1));
    store.write(List.of(new Change.Wanted(event, CRM)));
    store.write(List.of(delivered(event, CRM, 1)));
    store.write(again);
    store.write(List.of(delivered(event, CRM, 1), delivered(event, CRM, 2)));

    assertThat(only(event).attempts()).extracting(AttemptRow::number).containsExactly(1, 2);
    assertThat(store.figures(COMPANY, CRM, NOON).attempts()).isEqualTo(2);
    assertThat(store.health(COMPANY).getOrDefault(CRM, WebhookHealth.NONE).backlog()).isZero();
  }

  @Test
  void figuresTakeTheLatestAttemptsWhereverTheyStand() {
    store.write(told(event("c1", 1, NOON), attempt(1, List.of())));
    var later = event("c2", 1, NOON.plusSeconds(1));
    store.write(List.of(new Change.Wanted(later, CRM), failed(later, CRM, 1)));

    var figures = store.figures(COMPANY, CRM, NOON);
    assertThat(figures.attempts()).isEqualTo(2);
    assertThat(figures.accepted()).isEqualTo(1);
    assertThat(figures.endsWell()).isFalse();
  }

  @Test
  void fileThatIsOlderThanTheColumnIsReadAndWrittenOn() {
    var old = event("c1", 1, NOON);
    store.write(List.of(failed(old, CRM, 1), delivered(old, CRM, 2), heard(old, 1)));
    store.close();
    try (var file = file()) {
      file.write(
          session -> {
            session.run("DROP TABLE answer");
            session.run("ALTER TABLE delivery DROP COLUMN first");
            session.run("UPDATE schema_version SET version = 5 WHERE owner = 'history'");
            return session;
          });
    }

    open();
    store.write(told(event("c2", 1, NOON), attempt(1, List.of())));

    assertThat(only(old).attempts()).extracting(AttemptRow::status).containsExactly(503, 204);
    assertThat(only(event("c2", 1, NOON)).attempts()).hasSize(1);
  }

  @Test
  void batchThatIsUndoneLeavesNothingBehindInMemory() {
    var event = event("c1", 1, NOON);
    var changes = new ArrayList<>(told(event, attempt(1, List.of(new Header("Server", "nginx")))));
    changes.addFirst(heard(event, 1));
    // More often than once, so that these headers would have a number.
    var other = event("c2", 1, NOON);
    changes.addAll(told(other, attempt(1, List.of(new Header("Server", "nginx")))));
    var undone = new ArrayList<Change>(changes);
    // A time that no column holds, in the last of the rows.
    undone.add(new Change.GivenUp(event("c3", 1, NOON), BILLING, Reason.EXPIRED, Instant.MAX));
    assertThatThrownBy(() -> store.write(undone)).isInstanceOf(ArithmeticException.class);
    assertThat(store.told(event)).isEmpty();

    store.write(changes);
    store.close();
    open();

    assertThat(only(event).outcome()).isEqualTo(DeliveryOutcome.DELIVERED);
    assertThat(only(other).attempts().getFirst().answerHeaders())
        .containsExactly(new Header("Server", "nginx"));
    assertThat(store.calls(CallQuery.of(COMPANY)).items()).hasSize(1);
    assertThat(found("9711636496")).hasSize(1);
  }

  @Test
  void callThatIsNoLongerKnownInMemoryIsLookedUp() {
    store.write(List.of(heard(event("c0", 1, NOON), 1)));
    var others = new ArrayList<Change>();
    for (int i = 1; i <= 20_000; i++) {
      others.add(heard(event("c" + i, 1, NOON.plusMillis(1)), 1));
    }
    store.write(others);

    store.write(List.of(heard(event("c0", 2, NOON.plusSeconds(1)), 2)));

    var call = found("9711636496").getLast();
    assertThat(call.call().uid()).isEqualTo("c0");
    assertThat(call.events()).isEqualTo(2);
    assertThat(call.startedAt()).isEqualTo(NOON);
  }

  private static List<Change> told(EventRef event, AttemptRow attempt) {
    return List.of(
        new Change.Wanted(event, CRM),
        new Change.Attempted(
            event, CRM, /* delivered= */ true, attempt.startedAt(), null, attempt));
  }

  private static AttemptRow attempt(int number, List<Header> headers) {
    return new AttemptRow(
        number,
        NOON.minusMillis(3 - 2L * number),
        Duration.ofNanos(number * 1_234_000L),
        200 + number,
        number == 1 ? "answered by a person" : "answered " + (200 + number),
        headers,
        Bytes.utf8("x".repeat(number * 40)),
        /* answerCut= */ number % 2 == 1,
        /* nextAttemptAt= */ null,
        /* replay= */ number % 3 == 1);
  }

  private List<CallSummary> found(String digits) {
    var query = new CallQuery(COMPANY, null, digits, null, null, null, null, null, 100);
    var page = store.calls(query);
    var all = new ArrayList<>(page.items());
    while (page.next() != null) {
      page = store.calls(query.from(page.next(), 100));
      all.addAll(page.items());
    }
    return all;
  }

  private DeliveryRow only(EventRef event) {
    var deliveries = store.told(event).orElseThrow().deliveries();
    assertThat(deliveries).hasSize(1);
    return deliveries.getFirst();
  }

  private DatabaseFile file() {
    return DatabaseFile.open(DatabaseSettings.of(folder.resolve("2026-11-22.db"), _ -> {}));
  }

  private static long count(DatabaseFile file, String table) {
    return file.read(session -> session.number("SELECT count(*) FROM " + table));
  }
}
