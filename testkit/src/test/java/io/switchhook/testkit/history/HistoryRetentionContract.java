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

import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.history.CallQuery;
import io.switchhook.history.CallSummary;
import io.switchhook.history.Change;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryQuery;
import io.switchhook.history.DeliveryRow;
import io.switchhook.history.EventRef;
import io.switchhook.history.HistoryStore;
import io.switchhook.history.LastFailure;
import io.switchhook.history.WebhookHealth;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How every {@link HistoryStore} lets go of days. */
abstract class HistoryRetentionContract {
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 11, 22);

  HistoryStore store;
  private final List<EventRef> events = new ArrayList<>();

  /** A store without content. */
  abstract HistoryStore open();

  /** The store as it is after it was closed and opened again; itself when it forgets. */
  abstract HistoryStore reopened();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  /** On each of twelve days a call, delivered to one webhook and failed at the other. */
  private void twelveDays() {
    var changes = new ArrayList<Change>();
    for (int day = 0; day < 12; day++) {
      var event = event("c" + day, 1, NOON.plus(Duration.ofDays(day)));
      events.add(event);
      changes.add(heard(event, 1));
      changes.add(delivered(event, CRM, 1));
      changes.add(failed(event, BILLING, 1));
    }
    store.write(changes);
  }

  @Test
  void forgottenDaysAreNowhereAndTheOthersAreWhole() {
    twelveDays();
    var forgotten = store.forgetBefore(FIRST_DAY.plusDays(10));
    assertThat(forgotten.days()).isEqualTo(10);
    assertThat(forgotten.open()).isEqualTo(Map.of(BILLING, 10L));

    for (int round = 0; round < 2; round++) {
      assertThat(store.calls(CallQuery.of(COMPANY)).items())
          .extracting(CallSummary::call)
          .containsExactly(events.get(11).call(), events.get(10).call());
      assertThat(store.deliveries(DeliveryQuery.of(COMPANY)).items())
          .extracting(DeliveryRow::event)
          .containsOnly(events.get(10), events.get(11));
      assertThat(store.told(events.get(9))).isEmpty();
      assertThat(store.told(events.get(10))).isPresent();
      assertThat(store.open(null, 100))
          .extracting(HistoryStore.Open::event)
          .containsExactly(events.get(10), events.get(11));
      store = reopened();
    }
  }

  @Test
  void whatWaitedOnForgottenDaysIsNoLongerCountedAsBacklog() {
    twelveDays();
    assertThat(health().backlog()).isEqualTo(12);
    store.forgetBefore(FIRST_DAY.plusDays(10));

    for (int round = 0; round < 2; round++) {
      assertThat(health().backlog()).isEqualTo(2);
      var newest = LastFailure.of(failed(events.get(11), BILLING, 1));
      assertThat(health().lastFailure()).isEqualTo(newest);
      store = reopened();
    }
    store.forgetBefore(FIRST_DAY.plusDays(12));
    assertThat(health().backlog()).isZero();
    assertThat(health().lastFailure()).isNull();
  }

  @Test
  void whatWentByRetentionStaysCounted() {
    twelveDays();
    store.write(
        List.of(
            new Change.GivenUp(events.getFirst(), BILLING, Reason.RETENTION, NOON.plusSeconds(9)),
            new Change.GivenUp(events.get(1), BILLING, Reason.EXPIRED, NOON.plusSeconds(9))));
    assertThat(store.forgetBefore(FIRST_DAY.plusDays(3)).open()).isEqualTo(Map.of(BILLING, 1L));

    for (int round = 0; round < 2; round++) {
      // What had expired before its day went is not among them.
      assertThat(health().givenUp()).isEqualTo(Map.of(DeliveryOutcome.GIVEN_UP_RETENTION, 2L));
      assertThat(store.health(COMPANY).get(CRM)).isIn(null, WebhookHealth.NONE);
      store = reopened();
    }
    store.forgetBefore(FIRST_DAY.plusDays(4));
    assertThat(health().givenUp()).isEqualTo(Map.of(DeliveryOutcome.GIVEN_UP_RETENTION, 3L));
  }

  private WebhookHealth health() {
    return store.health(COMPANY).getOrDefault(BILLING, WebhookHealth.NONE);
  }

  @Test
  void whatIsToldOfAForgottenDayLaterIsPassedOver() {
    twelveDays();
    store.forgetBefore(FIRST_DAY.plusDays(1));
    store.write(
        List.of(
            heard(events.getFirst(), 2),
            failed(events.getFirst(), BILLING, 2),
            failed(events.get(1), BILLING, 2)));

    assertThat(store.told(events.getFirst())).isEmpty();
    assertThat(health().backlog()).isEqualTo(11);
    assertThat(store.calls(CallQuery.of(COMPANY)).items()).hasSize(11);
    assertThat(store.told(events.get(1)).orElseThrow().deliveries())
        .anySatisfy(row -> assertThat(row.attempts()).hasSize(2));
  }

  @Test
  void callThatBeganOnAForgottenDayIsListedWhereItGoesOn() {
    var began = event("c1", 1, NOON);
    store.write(List.of(heard(began, 1)));
    store.forgetBefore(FIRST_DAY.plusDays(1));
    var later = event("c1", 2, NOON.plus(Duration.ofDays(1)));
    store.write(List.of(heard(later, 6)));

    assertThat(store.calls(CallQuery.of(COMPANY)).items())
        .extracting(CallSummary::startedAt)
        .containsExactly(later.acceptedAt());
  }

  @Test
  void forgettingTwiceOrLessChangesNothing() {
    twelveDays();
    store.writeWatermarks(Map.of(7, 5L));
    store.forgetBefore(FIRST_DAY.plusDays(5));

    var nothing = new HistoryStore.Forgotten(0, Map.of());
    assertThat(store.forgetBefore(FIRST_DAY.plusDays(5))).isEqualTo(nothing);
    assertThat(store.forgetBefore(FIRST_DAY)).isEqualTo(nothing);
    assertThat(store.calls(CallQuery.of(COMPANY)).items()).hasSize(7);
    assertThat(store.watermarks()).isEqualTo(Map.of(7, 5L));
  }
}
