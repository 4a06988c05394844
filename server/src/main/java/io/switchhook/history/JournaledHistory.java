package io.switchhook.history;

import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.CallStory.Chapter;
import io.switchhook.history.CallStory.Routing;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The history: what was told to a {@link HistoryStore}, beside the logs in the journal. */
public final class JournaledHistory implements History {
  /** The most events of one call that are looked through when its deliveries are asked for. */
  static final int EVENTS_OF_CALL_MAX = 10_000;

  private static final int PAGE_RECORDS = 256;

  private final Journal journal;
  private final HistoryStore store;

  /** The history of what is in both. */
  public JournaledHistory(Journal journal, HistoryStore store) {
    this.journal = journal;
    this.store = store;
  }

  @Override
  public Optional<CallStory> call(CallId call) {
    var events = eventsOf(call, CallStory.EVENTS_MAX + 1);
    if (events.isEmpty()) {
      return Optional.empty();
    }
    var shown = events.subList(0, Math.min(events.size(), CallStory.EVENTS_MAX));
    return Optional.of(
        new CallStory(
            summary(call, shown),
            shown.stream().map(this::chapter).toList(),
            events.size() > shown.size()));
  }

  private static CallSummary summary(CallId call, List<JournalRecord> events) {
    var first = events.getFirst();
    var state = ListedCall.of(heard(first));
    for (var event : events.subList(1, events.size())) {
      state = state.after(heard(event));
    }
    return state.summary(call);
  }

  private static Change.Heard heard(JournalRecord event) {
    return new Change.Heard(EventRef.of(event), CallFactsOfLog.read(event));
  }

  private Chapter chapter(JournalRecord event) {
    var told = store.told(EventRef.of(event));
    if (told.isEmpty()) {
      return new Chapter(event, Routing.NOT_YET, List.of());
    }
    var deliveries = told.get().deliveries();
    return new Chapter(
        event, deliveries.isEmpty() ? Routing.NO_WEBHOOK : Routing.WEBHOOKS, deliveries);
  }

  @Override
  public Page<CallSummary> calls(CallQuery query) {
    return store.calls(query);
  }

  @Override
  public Page<DeliveryRow> deliveries(DeliveryQuery query) {
    var uid = query.uid();
    if (uid == null) {
      return store.deliveries(query);
    }
    // The store is ordered by time: which events a call has, the journal knows at once.
    var events = eventsOf(new CallId(query.company(), uid), EVENTS_OF_CALL_MAX);
    var found = new ArrayList<DeliveryRow>();
    for (var event : events.reversed()) {
      if (found.size() > query.limit()) {
        break;
      }
      store.told(EventRef.of(event)).map(HistoryStore.Told::deliveries).orElse(List.of()).stream()
          .sorted(DeliveryPlaces.NEWEST_FIRST)
          .filter(row -> DeliveryPlaces.fits(query, row))
          .forEach(found::add);
    }
    return DeliveryPlaces.page(found, query.limit());
  }

  @Override
  public List<FailureGroup> failures(DeliveryQuery query) {
    return store.failures(query);
  }

  @Override
  public AttemptFigures figures(CompanyId company, WebhookId webhook, Instant from) {
    return store.figures(company, webhook, from);
  }

  @Override
  public Map<WebhookId, WebhookHealth> health(CompanyId company) {
    return store.health(company);
  }

  private List<JournalRecord> eventsOf(CallId call, int max) {
    var events = new ArrayList<JournalRecord>();
    for (int partition : journal.partitionsOf(call)) {
      addEvents(partition, call, max, events);
    }
    return events.size() <= max ? events : events.subList(0, max);
  }

  private void addEvents(int partition, CallId call, int max, List<JournalRecord> events) {
    var from = 0L;
    while (events.size() < max) {
      var page = journal.readCall(partition, call, from, PAGE_RECORDS);
      page.stream().filter(record -> record.kind().isEvent()).forEach(events::add);
      if (page.size() < PAGE_RECORDS) {
        return;
      }
      from = page.getLast().offset() + 1;
    }
  }
}
