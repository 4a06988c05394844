package io.switchhook.history.memory;

import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.AttemptFigures;
import io.switchhook.history.AttemptRow;
import io.switchhook.history.CallQuery;
import io.switchhook.history.CallSummary;
import io.switchhook.history.CallTerms;
import io.switchhook.history.Change;
import io.switchhook.history.Cursor;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryPlace;
import io.switchhook.history.DeliveryPlaces;
import io.switchhook.history.DeliveryQuery;
import io.switchhook.history.DeliveryRow;
import io.switchhook.history.DeliveryState;
import io.switchhook.history.EventRef;
import io.switchhook.history.Failure;
import io.switchhook.history.FailureGroup;
import io.switchhook.history.HistoryStore;
import io.switchhook.history.LastFailure;
import io.switchhook.history.ListedCall;
import io.switchhook.history.Page;
import io.switchhook.history.WebhookHealth;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A {@link HistoryStore} that forgets everything when the process ends. */
public final class MemoryHistoryStore implements HistoryStore {
  private static final Comparator<CallSummary> CALLS_NEWEST_FIRST =
      Comparator.comparing(CallSummary::startedAt)
          .thenComparing(summary -> summary.call().uid())
          .reversed();

  // All guarded by this.
  private LocalDate firstKept = LocalDate.MIN;
  private final Map<CallId, TreeMap<LocalDate, ListedCall>> calls = new HashMap<>();
  private final Map<CallId, Set<String>> terms = new HashMap<>();
  private final TreeMap<DeliveryPlace, Delivery> deliveries = new TreeMap<>();
  private final Set<EventRef> unwanted = new HashSet<>();
  private final Map<Integer, Long> watermarks = new HashMap<>();
  private final Map<CompanyId, Map<WebhookId, Long>> lost = new HashMap<>();

  private record AttemptKey(Instant startedAt, int number) {}

  private static final class Delivery {
    final EventRef event;
    final WebhookId webhook;
    final TreeMap<AttemptKey, AttemptRow> attempts =
        new TreeMap<>(
            Comparator.comparing(AttemptKey::startedAt).thenComparingInt(AttemptKey::number));
    DeliveryState state = DeliveryState.NEW;
    @Nullable LastFailure lastFailure;

    Delivery(EventRef event, WebhookId webhook) {
      this.event = event;
      this.webhook = webhook;
    }

    DeliveryRow row() {
      var rows = List.copyOf(attempts.values());
      return new DeliveryRow(
          event,
          webhook,
          state.outcome(),
          state.endedAt(),
          state.nextAttemptAt(),
          state.detailsLost(),
          rows.subList(Math.max(0, rows.size() - DeliveryRow.ATTEMPTS_MAX), rows.size()));
    }
  }

  @Override
  public synchronized void write(List<Change> changes) {
    for (var change : changes) {
      if (dayOf(change.event().acceptedAt()).isBefore(firstKept)) {
        continue;
      }
      switch (change) {
        case Change.Heard heard -> hear(heard);
        case Change.Unwanted(var event) -> unwanted.add(event);
        case Change.OfDelivery ofDelivery -> change(ofDelivery);
      }
    }
  }

  private void hear(Change.Heard heard) {
    var event = heard.event();
    var day = dayOf(event.acceptedAt());
    var days = calls.computeIfAbsent(event.call(), _ -> new TreeMap<>());
    var known = event.sequence() > 1 ? days.floorKey(day) : null;
    var home = known == null || known.plusDays(CALL_DAYS_MAX).isBefore(day) ? day : known;
    var before = days.get(home);
    days.put(home, before == null ? ListedCall.of(heard) : before.after(heard));
    terms.computeIfAbsent(event.call(), _ -> new HashSet<>()).addAll(CallTerms.of(heard.facts()));
  }

  private static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  private void change(Change.OfDelivery change) {
    var delivery =
        deliveries.computeIfAbsent(
            DeliveryPlace.of(change.event(), change.webhook()),
            _ -> new Delivery(change.event(), change.webhook()));
    delivery.state = delivery.state.after(change);
    if (change instanceof Change.Attempted attempted && attempted.details() != null) {
      var details = attempted.details();
      delivery.attempts.put(new AttemptKey(details.startedAt(), details.number()), details);
      delivery.lastFailure = LastFailure.later(delivery.lastFailure, LastFailure.of(attempted));
    }
  }

  @Override
  public synchronized void writeWatermarks(Map<Integer, Long> written) {
    watermarks.putAll(written);
  }

  @Override
  public synchronized Map<Integer, Long> watermarks() {
    return Map.copyOf(watermarks);
  }

  @Override
  public synchronized Page<CallSummary> calls(CallQuery query) {
    var fitting = new ArrayList<CallSummary>();
    calls.forEach(
        (call, days) ->
            days.values().stream()
                .map(state -> state.summary(call))
                .filter(summary -> fits(query, summary) && hasTerms(query, summary.call()))
                .forEach(fitting::add));
    fitting.sort(CALLS_NEWEST_FIRST);
    if (fitting.size() <= query.limit()) {
      return new Page<>(fitting, null);
    }
    var last = fitting.get(query.limit() - 1);
    return new Page<>(
        fitting.subList(0, query.limit()),
        new Cursor(last.startedAt().toEpochMilli(), last.call().uid()));
  }

  private static boolean fits(CallQuery query, CallSummary summary) {
    var facts = summary.facts();
    return summary.call().company().equals(query.company())
        && (query.state() == null || query.state().equals(facts.state()))
        && (query.from() == null || !summary.startedAt().isBefore(query.from()))
        && (query.to() == null || summary.startedAt().isBefore(query.to()))
        && (query.number() == null
            || touches(facts.clid(), query.number())
            || touches(facts.clidRaw(), query.number()))
        && (query.cursor() == null || isBehind(query.cursor(), summary));
  }

  private boolean hasTerms(CallQuery query, CallId call) {
    return (query.user() == null || hasTerm(call, CallTerms.user(query.user())))
        && (query.reference() == null || hasTerm(call, CallTerms.reference(query.reference())));
  }

  private boolean hasTerm(CallId call, String beginning) {
    return terms.getOrDefault(call, Set.of()).stream().anyMatch(it -> it.startsWith(beginning));
  }

  private static boolean touches(@Nullable String number, String digits) {
    if (number == null) {
      return false;
    }
    var stored = ListedCall.digits(number);
    return stored.startsWith(digits) || stored.endsWith(digits);
  }

  private static boolean isBehind(Cursor cursor, CallSummary summary) {
    var atMillis = summary.startedAt().toEpochMilli();
    return atMillis < cursor.atMillis()
        || (atMillis == cursor.atMillis() && summary.call().uid().compareTo(cursor.key()) < 0);
  }

  @Override
  public synchronized Page<DeliveryRow> deliveries(DeliveryQuery query) {
    var fitting =
        deliveries.descendingMap().values().stream()
            .filter(delivery -> delivery.event.call().company().equals(query.company()))
            .map(Delivery::row)
            .filter(row -> DeliveryPlaces.fits(query, row))
            .limit(query.limit() + 1L)
            .toList();
    return DeliveryPlaces.page(fitting, query.limit());
  }

  @Override
  public synchronized List<FailureGroup> failures(DeliveryQuery query) {
    var one = new ArrayList<FailureGroup>();
    for (var delivery : deliveries.values()) {
      var row = delivery.row();
      var failure = Failure.of(row);
      if (failure != null
          && row.event().call().company().equals(query.company())
          && DeliveryPlaces.fits(query.firstPage(), row)) {
        var at = row.event().acceptedAt();
        one.add(new FailureGroup(row.webhook(), row.outcome(), failure, 1, at));
      }
    }
    return FailureGroup.together(one);
  }

  @Override
  public synchronized AttemptFigures figures(CompanyId company, WebhookId webhook, Instant from) {
    return AttemptFigures.of(
        deliveries.descendingMap().values().stream()
            .filter(delivery -> delivery.webhook.equals(webhook))
            .filter(delivery -> delivery.event.call().company().equals(company))
            .filter(delivery -> !delivery.event.acceptedAt().isBefore(from))
            .flatMap(delivery -> delivery.attempts.descendingMap().values().stream())
            .limit(AttemptFigures.ATTEMPTS_MAX)
            .map(attempt -> new AttemptFigures.Tried(attempt.status(), attempt.took()))
            .toList());
  }

  @Override
  public synchronized Optional<Told> told(EventRef event) {
    var from = DeliveryPlace.of(event, new WebhookId(""));
    var found =
        deliveries.tailMap(from).values().stream()
            .takeWhile(delivery -> delivery.event.equals(event))
            .map(Delivery::row)
            .toList();
    return found.isEmpty() && !unwanted.contains(event)
        ? Optional.empty()
        : Optional.of(new Told(found));
  }

  @Override
  public synchronized List<Open> open(@Nullable Open after, int max) {
    var behind =
        after == null
            ? deliveries
            : deliveries.tailMap(
                DeliveryPlace.of(after.event(), after.webhook()), /* inclusive= */ false);
    return behind.values().stream()
        .filter(delivery -> !delivery.state.outcome().isFinal())
        .limit(max)
        .map(delivery -> new Open(delivery.event, delivery.webhook))
        .toList();
  }

  @Override
  public synchronized Forgotten forgetBefore(LocalDate day) {
    var known = new HashSet<LocalDate>();
    calls.values().forEach(days -> known.addAll(days.keySet()));
    deliveries.values().forEach(delivery -> known.add(dayOf(delivery.event.acceptedAt())));
    unwanted.forEach(event -> known.add(dayOf(event.acceptedAt())));
    firstKept = day.isAfter(firstKept) ? day : firstKept;
    calls.values().forEach(days -> days.headMap(firstKept).clear());
    terms.keySet().removeIf(call -> calls.getOrDefault(call, new TreeMap<>()).isEmpty());
    var open = openBeforeFirstKept();
    deliveries.values().removeIf(one -> dayOf(one.event.acceptedAt()).isBefore(firstKept));
    unwanted.removeIf(event -> dayOf(event.acceptedAt()).isBefore(firstKept));
    return new Forgotten((int) known.stream().filter(one -> one.isBefore(firstKept)).count(), open);
  }

  /** Counts what goes by retention, and returns what of it is open. */
  private Map<WebhookId, Long> openBeforeFirstKept() {
    var open = new HashMap<WebhookId, Long>();
    for (var delivery : deliveries.values()) {
      var outcome = delivery.state.outcome();
      if (!dayOf(delivery.event.acceptedAt()).isBefore(firstKept)) {
        continue;
      }
      if (!outcome.isFinal()) {
        open.merge(delivery.webhook, 1L, Long::sum);
      }
      if (!outcome.isFinal() || outcome == DeliveryOutcome.GIVEN_UP_RETENTION) {
        lost.computeIfAbsent(delivery.event.call().company(), _ -> new HashMap<>())
            .merge(delivery.webhook, 1L, Long::sum);
      }
    }
    return open;
  }

  @Override
  public synchronized Map<WebhookId, WebhookHealth> health(CompanyId company) {
    var health = new HashMap<WebhookId, WebhookHealth>();
    lost.getOrDefault(company, Map.of())
        .forEach(
            (webhook, count) ->
                health.put(
                    webhook, WebhookHealth.counted(DeliveryOutcome.GIVEN_UP_RETENTION, count)));
    for (var delivery : deliveries.values()) {
      if (delivery.event.call().company().equals(company)) {
        health.merge(
            delivery.webhook,
            WebhookHealth.moved(null, delivery.state.outcome(), delivery.lastFailure),
            WebhookHealth::plus);
      }
    }
    return health;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
