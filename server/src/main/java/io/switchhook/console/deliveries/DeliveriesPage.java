package io.switchhook.console.deliveries;

import io.switchhook.admin.HttpApi;
import io.switchhook.console.CallWords.Badge;
import io.switchhook.console.ConsoleAnswer;
import io.switchhook.console.ConsolePage;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.ConsoleRoute;
import io.switchhook.console.DeliveryWords;
import io.switchhook.console.Templates;
import io.switchhook.console.Texts;
import io.switchhook.event.Kind;
import io.switchhook.event.WebhookId;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryRow;
import io.switchhook.history.FailureGroup;
import io.switchhook.webhook.Webhook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The list of deliveries, with its search, and the failed ones in groups. */
public final class DeliveriesPage implements ConsolePage {
  private final HttpApi.Parts parts;
  private final Templates templates;

  /** The page of deliveries. */
  public DeliveriesPage(HttpApi.Parts parts, Templates templates) {
    this.parts = parts;
    this.templates = templates;
  }

  @Override
  public NavEntry entry() {
    return new NavEntry("Deliveries", "/deliveries", "deliveries");
  }

  @Override
  public List<ConsoleRoute> routes() {
    return List.of(ConsoleRoute.get("/deliveries", this::list));
  }

  private ConsoleAnswer list(ConsoleRequest request) {
    var search = DeliverySearch.read(request);
    var names = new LinkedHashMap<WebhookId, String>();
    parts.webhooks().list(request.company().id()).forEach(one -> names.put(one.id(), name(one)));
    var page = parts.history().deliveries(search.query());
    var next = page.next();
    var self = request.link("deliveries");
    var isFirst = search.query().cursor() == null;
    return templates.page(
        "deliveries/list",
        new DeliveriesView(
            request.frame("Deliveries"),
            search,
            webhooks(search, names),
            outcomes(search),
            isFirst && search.mayFail() ? groups(search, self, names) : List.of(),
            page.items().stream().map(row -> row(request, row, names)).toList(),
            self,
            search.text(DeliverySearch.REASON),
            self + search.queryString(Map.of(DeliverySearch.REASON, "")),
            next == null ? "" : self + search.queryString(Map.of("cursor", next.text())),
            self + search.queryString(Map.of()),
            request.link("webhooks", "new"),
            isFirst));
  }

  private static String name(Webhook webhook) {
    var name = webhook.settings().name();
    return name.isBlank() ? webhook.id().value() : name;
  }

  private static String name(WebhookId id, Map<WebhookId, String> names) {
    return names.getOrDefault(id, id.value() + " (deleted)");
  }

  private static List<DeliveriesView.Choice> webhooks(
      DeliverySearch search, Map<WebhookId, String> names) {
    var choices = new ArrayList<DeliveriesView.Choice>();
    var chosen = search.query().webhook();
    names.forEach(
        (id, words) ->
            choices.add(new DeliveriesView.Choice(id.value(), words, id.equals(chosen))));
    if (chosen != null && !names.containsKey(chosen)) {
      choices.add(
          new DeliveriesView.Choice(chosen.value(), name(chosen, names), /* isChosen= */ true));
    }
    return choices;
  }

  private static List<DeliveriesView.Choice> outcomes(DeliverySearch search) {
    var chosen = search.text("outcome");
    var choices = new ArrayList<DeliveriesView.Choice>();
    choices.add(
        new DeliveriesView.Choice(
            DeliverySearch.NOT_TOLD,
            "failing or given up",
            chosen.equals(DeliverySearch.NOT_TOLD)));
    Arrays.stream(DeliveryOutcome.values())
        .filter(outcome -> outcome != DeliveryOutcome.NO_WEBHOOK)
        .map(
            outcome ->
                new DeliveriesView.Choice(
                    outcome.word(),
                    DeliveryWords.badge(outcome).word(),
                    chosen.equals(outcome.word())))
        .forEach(choices::add);
    return choices;
  }

  private List<DeliveriesView.Group> groups(
      DeliverySearch search, String self, Map<WebhookId, String> names) {
    var groups = parts.history().failures(search.query());
    long largest = groups.stream().mapToLong(FailureGroup::count).max().orElse(1);
    return groups.stream()
        .map(
            group ->
                new DeliveriesView.Group(
                    self
                        + search.queryString(
                            Map.of(
                                "webhook",
                                group.webhook().value(),
                                "outcome",
                                group.outcome().word(),
                                "status",
                                "",
                                DeliverySearch.REASON,
                                group.failure().words().isEmpty() ? "-" : group.failure().words())),
                    Texts.number(group.count()),
                    (int) Math.max(1, 100 * group.count() / largest),
                    words(group),
                    name(group.webhook(), names),
                    badge(group.outcome()),
                    group.newest()))
        .toList();
  }

  /** Why, in words. */
  private static String words(FailureGroup group) {
    if (!group.failure().words().isEmpty()) {
      return group.failure().words();
    }
    return switch (group.outcome()) {
      case GIVEN_UP_DISABLED -> "the webhook was disabled";
      case GIVEN_UP_EXPIRED -> "its turn came too late";
      case GIVEN_UP_SUPERSEDED -> "a later event of the call came";
      case GIVEN_UP_RETENTION -> "no longer kept when its turn came";
      case GIVEN_UP_EXHAUSTED, PENDING, FAILED, DELIVERED, NO_WEBHOOK -> "not known";
    };
  }

  /** Shorter than elsewhere: what came back stands beside it. */
  private static Badge badge(DeliveryOutcome outcome) {
    var badge = DeliveryWords.badge(outcome);
    return outcome == DeliveryOutcome.FAILED ? new Badge(badge.mark(), "tried again") : badge;
  }

  private static DeliveriesView.Row row(
      ConsoleRequest request, DeliveryRow row, Map<WebhookId, String> names) {
    var event = row.event();
    var uid = event.call().uid();
    return new DeliveriesView.Row(
        event.acceptedAt(),
        uid,
        request.link("calls", uid),
        request.link("calls", uid, String.valueOf(event.sequence())),
        "event "
            + event.sequence()
            + (event.kind() == Kind.IN_CALL ? "" : ", " + kind(event.kind())),
        name(row.webhook(), names),
        DeliveryWords.badge(row.outcome()),
        DeliveryWords.attempts(row),
        row.nextAttemptAt());
  }

  private static String kind(Kind kind) {
    return switch (kind) {
      case IN_CALL -> "in-call";
      case AFTER_CALL -> "after-call";
      case DISPOSITION -> "disposition";
      case NOTE -> "note";
    };
  }
}
