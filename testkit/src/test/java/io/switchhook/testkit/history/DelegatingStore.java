package io.switchhook.testkit.history;

import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.AttemptFigures;
import io.switchhook.history.CallQuery;
import io.switchhook.history.CallSummary;
import io.switchhook.history.Change;
import io.switchhook.history.DeliveryQuery;
import io.switchhook.history.DeliveryRow;
import io.switchhook.history.EventRef;
import io.switchhook.history.FailureGroup;
import io.switchhook.history.HistoryStore;
import io.switchhook.history.Page;
import io.switchhook.history.WebhookHealth;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store before another one, to be changed in one place. */
class DelegatingStore implements HistoryStore {
  private final HistoryStore store;

  DelegatingStore(HistoryStore store) {
    this.store = store;
  }

  @Override
  public void write(List<Change> changes) {
    store.write(changes);
  }

  @Override
  public void writeWatermarks(Map<Integer, Long> watermarks) {
    store.writeWatermarks(watermarks);
  }

  @Override
  public Map<Integer, Long> watermarks() {
    return store.watermarks();
  }

  @Override
  public Page<CallSummary> calls(CallQuery query) {
    return store.calls(query);
  }

  @Override
  public Page<DeliveryRow> deliveries(DeliveryQuery query) {
    return store.deliveries(query);
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
  public Optional<Told> told(EventRef event) {
    return store.told(event);
  }

  @Override
  public List<Open> open(@Nullable Open after, int max) {
    return store.open(after, max);
  }

  @Override
  public Forgotten forgetBefore(LocalDate day) {
    return store.forgetBefore(day);
  }

  @Override
  public Map<WebhookId, WebhookHealth> health(CompanyId company) {
    return store.health(company);
  }

  @Override
  public void close() {
    store.close();
  }
}
