package io.switchhook.testkit.history;

import static io.switchhook.testkit.history.Events.BILLING;
import static io.switchhook.testkit.history.Events.COMPANY;
import static io.switchhook.testkit.history.Events.CRM;
import static io.switchhook.testkit.history.Events.NOON;
import static io.switchhook.testkit.history.Events.OTHER_COMPANY;
import static io.switchhook.testkit.history.Events.delivered;
import static io.switchhook.testkit.history.Events.event;
import static io.switchhook.testkit.history.Events.facts;
import static io.switchhook.testkit.history.Events.failed;
import static io.switchhook.testkit.history.Events.heard;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.history.AttemptRow;
import io.switchhook.history.CallQuery;
import io.switchhook.history.CallSummary;
import io.switchhook.history.Change;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryQuery;
import io.switchhook.history.DeliveryRow;
import io.switchhook.history.EventRef;
import io.switchhook.history.HistoryStore;
import io.switchhook.history.LastFailure;
import io.switchhook.history.Page;
import io.switchhook.history.WebhookHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link HistoryStore} promises. */
abstract class HistoryStoreContract {
  HistoryStore store;

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
    store.close();
  }

  @Test
  void eventThatNobodyToldIsUnknown() {
    assertThat(store.told(event("c1", 1, NOON))).isEmpty();
  }

  @Test
  void eventThatMatchedNothingIsKnownWithoutDeliveries() {
    var event = event("c1", 1, NOON);
    store.write(List.of(new Change.Unwanted(event)));
    assertThat(store.told(event)).hasValueSatisfying(t -> assertThat(t.deliveries()).isEmpty());
    assertThat(store.deliveries(DeliveryQuery.of(COMPANY)).items()).isEmpty();
  }

  @Test
  void deliveryGoesFromPendingOverFailedToDelivered() {
    var event = event("c1", 1, NOON);
    store.write(List.of(new Change.Wanted(event, CRM)));
    assertThat(only(event).outcome()).isEqualTo(DeliveryOutcome.PENDING);

    store.write(List.of(failed(event, CRM, 1)));
    assertThat(only(event).outcome()).isEqualTo(DeliveryOutcome.FAILED);
    assertThat(only(event).nextAttemptAt()).isEqualTo(NOON.plusSeconds(10));

    store.write(List.of(delivered(event, CRM, 2)));
    var row = only(event);
    assertThat(row.outcome()).isEqualTo(DeliveryOutcome.DELIVERED);
    assertThat(row.endedAt()).isEqualTo(NOON.plusSeconds(2).plusMillis(12));
    assertThat(row.nextAttemptAt()).isNull();
    assertThat(row.detailsLost()).isFalse();
    assertThat(row.attempts())
        .containsExactly(failed(event, CRM, 1).details(), delivered(event, CRM, 2).details());
  }

  @Test
  void successIsNeverTakenBackAndGiveUpIsNotUndoneByLateNews() {
    var told = event("c1", 1, NOON);
    var dropped = event("c1", 2, NOON.plusSeconds(1));
    store.write(List.of(delivered(told, CRM, 1), failed(told, CRM, 2)));
    store.write(List.of(new Change.GivenUp(told, CRM, Reason.EXPIRED, NOON)));
    store.write(List.of(new Change.GivenUp(dropped, CRM, Reason.SUPERSEDED, NOON)));
    store.write(List.of(new Change.Wanted(dropped, CRM), failed(dropped, CRM, 1)));

    assertThat(only(told).outcome()).isEqualTo(DeliveryOutcome.DELIVERED);
    assertThat(only(dropped).outcome()).isEqualTo(DeliveryOutcome.GIVEN_UP_SUPERSEDED);
    assertThat(only(dropped).endedAt()).isEqualTo(NOON);
    assertThat(only(dropped).attempts()).hasSize(1);
  }

  @Test
  void whatIsSettledByRepairSaysThatDetailsAreLostAndChangesNothingThatIsFinal() {
    var lost = event("c1", 1, NOON);
    var known = event("c1", 2, NOON.plusSeconds(1));
    store.write(List.of(new Change.Wanted(lost, CRM), delivered(known, CRM, 1)));
    store.write(
        List.of(
            new Change.Settled(lost, CRM, DeliveryOutcome.DELIVERED, null),
            new Change.Settled(known, CRM, DeliveryOutcome.GIVEN_UP_EXHAUSTED, NOON)));

    assertThat(only(lost).outcome()).isEqualTo(DeliveryOutcome.DELIVERED);
    assertThat(only(lost).detailsLost()).isTrue();
    assertThat(only(lost).endedAt()).isNull();
    assertThat(only(known).outcome()).isEqualTo(DeliveryOutcome.DELIVERED);
    assertThat(only(known).detailsLost()).isFalse();
  }

  @Test
  void onlyTheNewestAttemptsOfDeliveryAreShown() {
    var event = event("c1", 1, NOON);
    var changes = new ArrayList<Change>();
    for (var number = 1; number <= DeliveryRow.ATTEMPTS_MAX + 5; number++) {
      changes.add(failed(event, CRM, number));
    }
    store.write(changes);
    assertThat(only(event).attempts())
        .extracting(AttemptRow::number)
        .hasSize(DeliveryRow.ATTEMPTS_MAX)
        .startsWith(6)
        .endsWith(DeliveryRow.ATTEMPTS_MAX + 5);
  }

  @Test
  void callThatGoesOnAfterMidnightIsListedOnceWithItsLastState() {
    var beforeMidnight = Instant.parse("2026-11-22T23:59:59.900Z");
    var afterMidnight = beforeMidnight.plusMillis(200);
    store.write(List.of(heard(event("c1", 1, beforeMidnight), 1)));
    store = reopened();
    store.write(List.of(heard(event("c1", 2, afterMidnight), 2)));

    var calls = store.calls(CallQuery.of(COMPANY)).items();
    assertThat(calls).hasSize(1);
    assertThat(calls.getFirst().startedAt()).isEqualTo(beforeMidnight);
    assertThat(calls.getFirst().lastAt()).isEqualTo(afterMidnight);
    assertThat(calls.getFirst().events()).isEqualTo(2);
    assertThat(calls.getFirst().facts().state()).isEqualTo(2);
    assertThat(store.calls(inState(1)).items()).isEmpty();
  }

  @Test
  void eventOfCallThatIsToldAgainDoesNotSetItBack() {
    var first = heard(event("c1", 1, NOON), 1);
    var last = heard(event("c1", 2, NOON.plusSeconds(1)), 2);
    store.write(List.of(first, last));
    store.write(List.of(first));
    assertThat(store.calls(inState(2)).items()).hasSize(1);
  }

  @Test
  void numberIsFoundFromItsStartAndItsEndButNotFromItsMiddle() {
    store.write(List.of(heard(event("c1", 1, NOON), facts(1, "971 163-6496", "+919711636496"))));
    for (var digits :
        List.of("9", "91971", "919711636496", "9711636496", "971163", "96", "36496")) {
      assertThat(store.calls(withNumber(digits)).items()).as(digits).hasSize(1);
    }
    for (var digits : List.of("7", "11636", "9197116364961", "5")) {
      assertThat(store.calls(withNumber(digits)).items()).as(digits).isEmpty();
    }
  }

  @Test
  void numberThatLaterLogCorrectsIsNoLongerFound() {
    store.write(List.of(heard(event("c1", 1, NOON), facts(1, "1111111111", null))));
    store.write(List.of(heard(event("c1", 2, NOON.plusSeconds(1)), facts(5, "2222222222", null))));
    assertThat(store.calls(withNumber("1111111111")).items()).isEmpty();
    assertThat(store.calls(withNumber("2222222222")).items()).hasSize(1);
  }

  @Test
  void openDeliveriesComeInPagesOldestFirst() {
    var changes = new ArrayList<Change>();
    var expected = new ArrayList<HistoryStore.Open>();
    for (var i = 0; i < 40; i++) {
      // Two days, so that a page spans two files.
      var event = event("c" + i, 1, NOON.plus(Duration.ofMinutes(i * 40L)));
      for (var webhook : List.of(BILLING, CRM)) {
        switch (i % 4) {
          case 0 -> changes.add(delivered(event, webhook, 1));
          case 1 -> changes.add(new Change.GivenUp(event, webhook, Reason.EXPIRED, NOON));
          case 2 -> changes.add(new Change.Wanted(event, webhook));
          default -> changes.add(failed(event, webhook, 1));
        }
        if (i % 4 >= 2) {
          expected.add(new HistoryStore.Open(event, webhook));
        }
      }
    }
    store.write(changes);
    var found = new ArrayList<HistoryStore.Open>();
    HistoryStore.@Nullable Open after = null;
    List<HistoryStore.Open> page;
    do {
      page = store.open(after, 7);
      found.addAll(page);
      after = page.isEmpty() ? after : page.getLast();
    } while (!page.isEmpty());
    assertThat(found).containsExactlyElementsOf(expected);
  }

  @Test
  void webhookThatNothingIsKnownOfIsMissing() {
    store.write(List.of(new Change.Unwanted(event("c1", 1, NOON))));
    assertThat(store.health(COMPANY)).isEmpty();
  }

  @Test
  void lastFailureStaysWhenLaterAttemptsSucceedAndWhenTheStoreIsOpenedAgain() {
    var today = event("c1", 1, NOON);
    var tomorrow = event("c2", 1, NOON.plus(Duration.ofDays(1)));
    store.write(List.of(failed(tomorrow, CRM, 1), failed(tomorrow, CRM, 2)));
    store.write(List.of(failed(today, CRM, 3), delivered(tomorrow, CRM, 3)));
    store.write(List.of(failed(today, BILLING, 1)));
    var expected =
        Map.of(
            CRM, new WebhookHealth(1, failure(tomorrow, 2)),
            BILLING, new WebhookHealth(1, failure(today, 1)));

    assertThat(store.health(COMPANY)).isEqualTo(expected);
    store = reopened();
    assertThat(store.health(COMPANY)).isEqualTo(expected);
    // Heard again, and late: nothing moves.
    store.write(List.of(failed(tomorrow, CRM, 1), new Change.Wanted(tomorrow, CRM)));
    assertThat(store.health(COMPANY)).isEqualTo(expected);
    assertThat(store.health(OTHER_COMPANY)).isEmpty();
  }

  @Test
  void giveUpsAreCountedByReasonUntilReplayTellsThem() {
    var one = event("c1", 1, NOON);
    var two = event("c1", 2, NOON.plusSeconds(1));
    var three = event("c2", 1, NOON.plus(Duration.ofDays(1)));
    store.write(
        List.of(
            new Change.Unwanted(event("c3", 1, NOON)),
            new Change.GivenUp(one, CRM, Reason.EXPIRED, NOON),
            new Change.GivenUp(two, CRM, Reason.EXHAUSTED, NOON),
            new Change.GivenUp(three, CRM, Reason.EXPIRED, NOON)));
    var givenUp =
        Map.of(DeliveryOutcome.GIVEN_UP_EXPIRED, 2L, DeliveryOutcome.GIVEN_UP_EXHAUSTED, 1L);
    assertThat(store.health(COMPANY)).containsEntry(CRM, new WebhookHealth(0, givenUp, null));
    store = reopened();
    assertThat(store.health(COMPANY)).containsEntry(CRM, new WebhookHealth(0, givenUp, null));

    store.write(List.of(delivered(two, CRM, 1), delivered(three, CRM, 1)));
    var left = Map.of(DeliveryOutcome.GIVEN_UP_EXPIRED, 1L);
    assertThat(store.health(COMPANY)).containsEntry(CRM, new WebhookHealth(0, left, null));
    store = reopened();
    assertThat(store.health(COMPANY)).containsEntry(CRM, new WebhookHealth(0, left, null));
  }

  @Test
  void failureWhoseDetailsWereShedIsNotTheLastOneThatIsKnown() {
    var event = event("c1", 1, NOON);
    var shed = new Change.Attempted(event, CRM, false, NOON.plusSeconds(9), null, null);
    store.write(List.of(failed(event, CRM, 1), shed));
    assertThat(store.health(COMPANY)).containsEntry(CRM, new WebhookHealth(1, failure(event, 1)));
  }

  private static LastFailure failure(EventRef event, int number) {
    return new LastFailure(
        event.acceptedAt().plusSeconds(number).plusMillis(12), number, 503, "answered 503");
  }

  @Test
  void watermarksAreKept() {
    store.writeWatermarks(Map.of(3, 10L, 4, 20L));
    store.writeWatermarks(Map.of(3, 11L));
    store = reopened();
    assertThat(store.watermarks()).isEqualTo(Map.of(3, 11L, 4, 20L));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anyQueryFindsWhatPlainListWouldFind(long seed) {
    var random = new Random(seed);
    var model = HistoryModel.random(random);
    model.batches(random).forEach(store::write);
    checkBacklogs(model);
    store = reopened();
    checkBacklogs(model);

    for (var i = 0; i < 40; i++) {
      var deliveries = model.randomDeliveryQuery(random);
      assertThat(all(deliveries)).as("%s", deliveries).isEqualTo(model.deliveries(deliveries));
      var calls = model.randomCallQuery(random);
      assertThat(all(calls)).as("%s", calls).isEqualTo(model.calls(calls));
    }
  }

  private void checkBacklogs(HistoryModel model) {
    for (var company : List.of(COMPANY, OTHER_COMPANY)) {
      var health = store.health(company);
      for (var webhook : HistoryModel.WEBHOOKS) {
        assertThat(health.getOrDefault(webhook, WebhookHealth.NONE).backlog())
            .as("%s of %s", webhook, company)
            .isEqualTo(model.backlog(company, webhook));
      }
    }
  }

  private List<String> all(DeliveryQuery query) {
    var found = new ArrayList<String>();
    var next = query;
    while (true) {
      var page = store.deliveries(next);
      checkPage(page, query.limit());
      page.items().forEach(row -> found.add(HistoryModel.words(row)));
      if (page.next() == null) {
        return found;
      }
      next =
          new DeliveryQuery(
              query.company(),
              query.webhook(),
              null,
              query.outcome(),
              query.failure(),
              query.from(),
              query.to(),
              io.switchhook.history.Cursor.parse(page.next().text()).orElseThrow(),
              query.limit());
    }
  }

  private List<String> all(CallQuery query) {
    var found = new ArrayList<String>();
    var next = query;
    while (true) {
      Page<CallSummary> page = store.calls(next);
      checkPage(page, query.limit());
      page.items().forEach(call -> found.add(HistoryModel.words(call)));
      if (page.next() == null) {
        return found;
      }
      next = query.from(page.next(), query.limit());
    }
  }

  private static void checkPage(Page<?> page, int limit) {
    assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
    assertThat(page.next() == null || page.items().size() == limit).isTrue();
  }

  private DeliveryRow only(EventRef event) {
    var deliveries = store.told(event).orElseThrow().deliveries();
    assertThat(deliveries).hasSize(1);
    return deliveries.getFirst();
  }

  private static CallQuery inState(int state) {
    return new CallQuery(COMPANY, state, null, null, null, null, null, null, Page.SIZE_DEFAULT);
  }

  private static CallQuery withNumber(String digits) {
    return new CallQuery(COMPANY, null, digits, null, null, null, null, null, Page.SIZE_DEFAULT);
  }
}
