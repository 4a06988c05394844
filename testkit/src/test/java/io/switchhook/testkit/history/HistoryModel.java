package io.switchhook.testkit.history;

import static io.switchhook.testkit.history.Events.COMPANY;
import static io.switchhook.testkit.history.Events.NOON;
import static io.switchhook.testkit.history.Events.OTHER_COMPANY;

import io.switchhook.delivery.GiveUp.Reason;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.CallQuery;
import io.switchhook.history.CallSummary;
import io.switchhook.history.Change;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryQuery;
import io.switchhook.history.DeliveryRow;
import io.switchhook.history.EventRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random calls and deliveries as plain lists: what a store must find, found by looking at all. */
final class HistoryModel {
  private static final int CALLS = 120;
  static final List<WebhookId> WEBHOOKS =
      List.of(new WebhookId("wh_a"), new WebhookId("wh_b"), new WebhookId("wh_c"));

  private record Delivery(
      EventRef event, WebhookId webhook, DeliveryOutcome outcome, int attempts) {}

  private record Call(
      CallId id, Instant startedAt, int events, int state, String clid, String raw) {}

  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  private HistoryModel() {}

  static HistoryModel random(Random random) {
    var model = new HistoryModel();
    for (var i = 0; i < CALLS; i++) {
      model.addCall(random, i);
    }
    return model;
  }

  private void addCall(Random random, int index) {
    var company = random.nextInt(4) == 0 ? OTHER_COMPANY : COMPANY;
    var call = new CallId(company, "n" + index);
    // Three days, and few enough moments that some are shared.
    var startedAt = NOON.plus(Duration.ofMinutes(random.nextInt(3 * 24 * 60 / 20) * 20L));
    var clid = Integer.toString(100_000 + random.nextInt(900_000));
    var raw = "91" + clid;
    var events = 1 + random.nextInt(5);
    var state = 0;
    for (var sequence = 1; sequence <= events; sequence++) {
      state = 1 + random.nextInt(9);
      var at = startedAt.plus(Duration.ofHours(sequence - 1L));
      var event = Events.event(call, sequence, at);
      changes.add(Events.heard(event, Events.facts(state, clid, raw)));
      addDeliveries(random, event);
    }
    calls.add(new Call(call, startedAt, events, state, clid, raw));
  }

  private void addDeliveries(Random random, EventRef event) {
    var wanted = WEBHOOKS.subList(0, random.nextInt(WEBHOOKS.size() + 1));
    if (wanted.isEmpty()) {
      changes.add(new Change.Unwanted(event));
    }
    for (var webhook : wanted) {
      changes.add(new Change.Wanted(event, webhook));
      var failures = random.nextInt(3);
      for (var number = 1; number <= failures; number++) {
        changes.add(Events.failed(event, webhook, number));
      }
      switch (random.nextInt(3)) {
        case 0 -> {
          var outcome = failures == 0 ? DeliveryOutcome.PENDING : DeliveryOutcome.FAILED;
          deliveries.add(new Delivery(event, webhook, outcome, failures));
        }
        case 1 -> {
          changes.add(Events.delivered(event, webhook, failures + 1));
          deliveries.add(new Delivery(event, webhook, DeliveryOutcome.DELIVERED, failures + 1));
        }
        default -> {
          var reason = any(random, List.of(Reason.values()));
          changes.add(new Change.GivenUp(event, webhook, reason, event.acceptedAt()));
          deliveries.add(new Delivery(event, webhook, DeliveryOutcome.givenUp(reason), failures));
        }
      }
    }
  }

  /** Everything in batches of random size, some told twice. */
  List<List<Change>> batches(Random random) {
    var batches = new ArrayList<List<Change>>();
    var from = 0;
    while (from < changes.size()) {
      var to = Math.min(changes.size(), from + 1 + random.nextInt(50));
      batches.add(List.copyOf(changes.subList(from, to)));
      if (random.nextInt(4) == 0) {
        batches.add(List.copyOf(changes.subList(random.nextInt(to), to)));
      }
      from = to;
    }
    return batches;
  }

  DeliveryQuery randomDeliveryQuery(Random random) {
    return new DeliveryQuery(
        company(random),
        maybe(random, any(random, WEBHOOKS)),
        null,
        maybe(random, any(random, List.of(DeliveryOutcome.values()))),
        maybe(random, randomTime(random)),
        maybe(random, randomTime(random)),
        null,
        1 + random.nextInt(60));
  }

  List<String> deliveries(DeliveryQuery query) {
    return deliveries.stream()
        .filter(one -> one.event.call().company().equals(query.company()))
        .filter(one -> query.webhook() == null || one.webhook.equals(query.webhook()))
        .filter(one -> query.outcome() == null || one.outcome == query.outcome())
        .filter(one -> isWithin(one.event.acceptedAt(), query.from(), query.to()))
        .sorted(
            Comparator.comparing((Delivery one) -> one.event.acceptedAt())
                .thenComparingLong(one -> one.event.offset())
                .thenComparing(Delivery::webhook)
                .reversed())
        .map(one -> words(one.event, one.webhook, one.outcome, one.attempts))
        .toList();
  }

  /** How many deliveries of a company's webhook are not terminal. */
  long backlog(CompanyId company, WebhookId webhook) {
    return deliveries.stream()
        .filter(one -> one.event.call().company().equals(company))
        .filter(one -> one.webhook.equals(webhook) && !one.outcome.isFinal())
        .count();
  }

  static String words(DeliveryRow row) {
    return words(row.event(), row.webhook(), row.outcome(), row.attempts().size());
  }

  private static String words(
      EventRef event, WebhookId webhook, DeliveryOutcome outcome, int attempts) {
    return event.call()
        + " #"
        + event.sequence()
        + " of "
        + event.acceptedAt()
        + " to "
        + webhook
        + " "
        + outcome.word()
        + " after "
        + attempts;
  }

  CallQuery randomCallQuery(Random random) {
    var known = calls.get(random.nextInt(calls.size())).raw;
    var cut = random.nextInt(known.length());
    var digits = random.nextBoolean() ? known.substring(cut) : known.substring(0, cut + 1);
    return new CallQuery(
        company(random),
        maybe(random, 1 + random.nextInt(9)),
        maybe(random, digits),
        null,
        null,
        maybe(random, randomTime(random)),
        maybe(random, randomTime(random)),
        null,
        1 + random.nextInt(20));
  }

  List<String> calls(CallQuery query) {
    return calls.stream()
        .filter(one -> one.id.company().equals(query.company()))
        .filter(one -> query.state() == null || one.state == query.state())
        .filter(
            one ->
                query.number() == null
                    || List.of(one.clid, one.raw).stream()
                        .anyMatch(
                            number ->
                                number.startsWith(query.number())
                                    || number.endsWith(query.number())))
        .filter(one -> isWithin(one.startedAt, query.from(), query.to()))
        .sorted(Comparator.comparing(Call::startedAt).thenComparing(one -> one.id.uid()).reversed())
        .map(one -> words(one.id, one.startedAt, one.events, one.state))
        .toList();
  }

  static String words(CallSummary summary) {
    var state = summary.facts().state();
    return words(summary.call(), summary.startedAt(), summary.events(), state == null ? 0 : state);
  }

  private static String words(CallId call, Instant startedAt, int events, int state) {
    return call + " " + startedAt + ", " + events + " events, state " + state;
  }

  private static boolean isWithin(Instant at, @Nullable Instant from, @Nullable Instant to) {
    return (from == null || !at.isBefore(from)) && (to == null || at.isBefore(to));
  }

  private static Instant randomTime(Random random) {
    return NOON.plus(Duration.ofMinutes(random.nextInt(4 * 24 * 60)));
  }

  private static CompanyId company(Random random) {
    return random.nextInt(4) == 0 ? OTHER_COMPANY : COMPANY;
  }

  private static <T> T any(Random random, List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private static <T> @Nullable T maybe(Random random, T value) {
    return random.nextInt(3) == 0 ? value : null;
  }
}
