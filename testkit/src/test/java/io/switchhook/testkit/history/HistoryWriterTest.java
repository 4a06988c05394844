package io.switchhook.testkit.history;

import static io.switchhook.testkit.history.Events.CRM;
import static io.switchhook.testkit.history.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.delivery.Observer.AttemptReport;
import io.switchhook.event.Bytes;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.Change;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryRow;
import io.switchhook.history.EventRef;
import io.switchhook.history.HistoryException;
import io.switchhook.history.HistoryObserver;
import io.switchhook.history.HistoryStore;
import io.switchhook.history.HistoryWriter;
import io.switchhook.history.LastFailure;
import io.switchhook.history.WebhookHealth;
import io.switchhook.history.memory.MemoryHistoryStore;
import io.switchhook.journal.JournalRecord;
import io.switchhook.target.Outcome;
import io.switchhook.target.Outcome.Answer;
import io.switchhook.target.Telling.Mark;
import io.switchhook.webhook.RequestShape.Header;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HistoryWriterTest {
  private final MemoryHistoryStore store = new MemoryHistoryStore();
  private final HistoryWriter writer = new HistoryWriter(store, _ -> true);
  private final HistoryObserver observer = new HistoryObserver(writer, HistoryWriterTest::hostOf);
  private final ListJournal journal = new ListJournal();

  @AfterEach
  void stop() {
    writer.close();
    writer.close();
  }

  @Test
  void daysAreForgottenAfterWhatWasObservedBefore() throws Exception {
    var event = journal.add("c1", 1);
    var told = journal.add("c2", 1);
    observer.routed(event, List.of(CRM), List.of());
    observer.routed(told, List.of(CRM), List.of());
    observer.attempted(report(told, 1, new Outcome.Delivered(200, answer("ok"), Duration.ZERO)));
    var asked = writer.forgetBefore(LocalDate.ofInstant(NOON, ZoneOffset.UTC).plusDays(1));
    writer.start();

    var forgotten = asked.toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(forgotten.days()).isEqualTo(1);
    assertThat(forgotten.open()).isEqualTo(Map.of(CRM, 1L));
    assertThat(store.told(EventRef.of(event))).isEmpty();
  }

  @Test
  void whatIsObservedIsWrittenAndTheWatermarkAfterIt() throws InterruptedException {
    writer.start();
    var event = journal.add("c1", 1);
    observer.routed(event, List.of(CRM), List.of(Events.BILLING));
    observer.attempted(report(event, 1, refused(503, "try later")));
    observer.gaveUp(CRM, event, Reason.EXHAUSTED, NOON);
    observer.committed(7, 1);
    writer.flush();

    var rows = store.told(EventRef.of(event)).orElseThrow().deliveries();
    assertThat(rows)
        .extracting(DeliveryRow::outcome)
        .containsExactly(DeliveryOutcome.GIVEN_UP_DISABLED, DeliveryOutcome.GIVEN_UP_EXHAUSTED);
    assertThat(rows.getLast().attempts()).hasSize(1);
    assertThat(store.watermarks()).isEqualTo(Map.of(7, 1L));
  }

  @Test
  void closingWritesWhatWaits() {
    writer.start();
    var event = journal.add("c1", 1);
    observer.routed(event, List.of(), List.of());
    writer.close();
    assertThat(store.told(EventRef.of(event))).isPresent();
  }

  @Test
  void secretsInAnswersAreNotKept() throws InterruptedException {
    writer.start();
    var event = journal.add("c1", 1);
    var headers = List.of(new Header("SET-COOKIE", "session=1234"), new Header("Server", "nginx"));
    var outcome =
        new Outcome.Refused(500, null, new Answer(headers, Bytes.empty(), false), Duration.ZERO);
    observer.attempted(report(event, 1, outcome));
    writer.flush();
    assertThat(only(event).attempts().getFirst().answerHeaders())
        .containsExactly(new Header("SET-COOKIE", "••••"), new Header("Server", "nginx"));
  }

  @Test
  void wordsOfRefusalNameTheTargetAsLongAsItIsKnown() throws InterruptedException {
    writer.start();
    var event = journal.add("c1", 1);
    observer.attempted(report(event, 1, refused(503, "try later")));
    observer.attempted(
        new AttemptReport(
            Events.BILLING,
            event,
            1,
            NOON,
            refused(500, "no"),
            /* nextAttemptAt= */ null,
            Mark.LIVE));
    writer.flush();

    var health = store.health(Events.COMPANY);
    var known = health.getOrDefault(CRM, WebhookHealth.NONE).lastFailure();
    assertThat(known)
        .isEqualTo(new LastFailure(NOON.plusMillis(4), 1, 503, "503 from crm.example.com:8443"));
    var gone = health.getOrDefault(Events.BILLING, WebhookHealth.NONE).lastFailure();
    assertThat(gone).isEqualTo(new LastFailure(NOON.plusMillis(3), 1, 500, "answered 500"));
  }

  @Test
  void longAnswerOfSuccessIsCut() throws InterruptedException {
    writer.start();
    var event = journal.add("c1", 1);
    var answer = new Answer(List.of(), Bytes.utf8("a".repeat(300)), false);
    observer.attempted(report(event, 1, new Outcome.Delivered(200, answer, Duration.ZERO)));
    writer.flush();
    assertThat(only(event).attempts().getFirst().answerExcerpt().size()).isEqualTo(256);
    assertThat(only(event).attempts().getFirst().answerCut()).isTrue();
  }

  @Test
  void detailsAreShedBeforeOutcomes() throws InterruptedException {
    // The writer is not started yet, so everything waits.
    var event = journal.add("c1", 1);
    var big = refused(503, "x".repeat(16 * 1024));
    var number = 0;
    while (writer.detailsShed() == 0) {
      observer.attempted(report(event, ++number, big));
    }
    var last = journal.add("c1", 2);
    observer.attempted(report(last, 1, new Outcome.Delivered(200, answer("ok"), Duration.ZERO)));
    observer.committed(7, 2);
    writer.start();
    writer.flush();

    assertThat(writer.waitingBytes()).isZero();
    assertThat(writer.outcomesShed()).isZero();
    assertThat(only(last).outcome()).isEqualTo(DeliveryOutcome.DELIVERED);
    assertThat(only(last).detailsLost()).isTrue();
    assertThat(only(last).attempts()).isEmpty();
    assertThat(store.watermarks()).isEqualTo(Map.of(7, 2L));
  }

  @Test
  void whenEvenOutcomesAreShedTheWatermarkStaysForTheRepair() throws InterruptedException {
    var event = journal.add("c1", 1);
    while (writer.outcomesShed() == 0) {
      observer.gaveUp(CRM, event, Reason.EXPIRED, NOON);
    }
    observer.committed(7, 1);
    writer.start();
    writer.flush();
    observer.committed(7, 2);
    observer.committed(8, 5);
    writer.flush();

    assertThat(store.watermarks()).isEqualTo(Map.of(8, 5L));
  }

  @Test
  void storeThatFailsKeepsTheWatermarkAndTheWriterAlive() throws InterruptedException {
    var failing = new FailingOnce(store);
    try (var surviving = new HistoryWriter(failing, _ -> true)) {
      var observing = new HistoryObserver(surviving, HistoryWriterTest::hostOf);
      surviving.start();
      var lost = journal.add("c1", 1);
      observing.gaveUp(CRM, lost, Reason.EXPIRED, NOON);
      observing.committed(7, 1);
      surviving.flush();
      var kept = journal.add("c1", 2);
      observing.gaveUp(CRM, kept, Reason.EXPIRED, NOON);
      observing.committed(7, 2);
      surviving.flush();

      assertThat(surviving.failedWrites()).isEqualTo(1);
      assertThat(store.told(EventRef.of(kept))).isPresent();
      assertThat(store.watermarks()).isEmpty();
    }
  }

  @Test
  void mistakeInOneBatchDoesNotEndHistory() throws InterruptedException {
    var failing = new FailingOnce(store, new IllegalStateException("a mistake"));
    try (var surviving = new HistoryWriter(failing, _ -> true)) {
      var observing = new HistoryObserver(surviving, HistoryWriterTest::hostOf);
      surviving.start();
      observing.gaveUp(CRM, journal.add("c1", 1), Reason.EXPIRED, NOON);
      surviving.flush();
      var kept = journal.add("c1", 2);
      observing.gaveUp(CRM, kept, Reason.EXPIRED, NOON);
      surviving.flush();

      assertThat(surviving.failedWrites()).isEqualTo(1);
      assertThat(store.told(EventRef.of(kept))).isPresent();
    }
  }

  @Test
  void closingEndsTheRepairEarlyAndItsWatermarksAreNotMoved() {
    var begun = new CountDownLatch(1);
    var repairing =
        new HistoryWriter(
            store,
            isStopping -> {
              begun.countDown();
              while (!isStopping.getAsBoolean()) {
                Thread.onSpinWait();
              }
              return false;
            });
    var observing = new HistoryObserver(repairing, HistoryWriterTest::hostOf);
    repairing.start();
    var event = journal.add("c1", 1);
    observing.gaveUp(CRM, event, Reason.EXPIRED, NOON);
    observing.committed(7, 1);
    assertThatCode(begun::await).doesNotThrowAnyException();
    repairing.close();

    assertThat(store.told(EventRef.of(event))).isPresent();
    assertThat(store.watermarks()).isEmpty();
  }

  /** Refuses its first write. */
  private static final class FailingOnce extends DelegatingStore {
    private final RuntimeException failure;
    private boolean failed;

    FailingOnce(HistoryStore store) {
      this(store, new HistoryException("no space", new IllegalStateException()));
    }

    FailingOnce(HistoryStore store, RuntimeException failure) {
      super(store);
      this.failure = failure;
    }

    @Override
    public void write(List<Change> changes) {
      if (!failed) {
        failed = true;
        throw failure;
      }
      super.write(changes);
    }
  }

  private static AttemptReport report(JournalRecord event, int number, Outcome outcome) {
    return new AttemptReport(
        CRM, event, number, NOON.plusMillis(number), outcome, NOON.plusSeconds(60), Mark.LIVE);
  }

  private static Optional<String> hostOf(CompanyId company, WebhookId webhook) {
    return webhook.equals(CRM) ? Optional.of("crm.example.com:8443") : Optional.empty();
  }

  private static Outcome.Refused refused(int status, String body) {
    return new Outcome.Refused(status, null, answer(body), Duration.ofMillis(3));
  }

  private static Answer answer(String body) {
    return new Answer(List.of(), Bytes.utf8(body), /* cut= */ false);
  }

  private DeliveryRow only(JournalRecord event) {
    var rows = store.told(EventRef.of(event)).orElseThrow().deliveries();
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }
}
