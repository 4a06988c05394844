package io.switchhook.console.webhooks;

import io.switchhook.admin.HttpApi;
import io.switchhook.admin.WebhookTrial;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.Links;
import io.switchhook.console.Texts;
import io.switchhook.history.WebhookHealth;
import io.switchhook.replay.Replays;
import io.switchhook.webhook.Condition;
import io.switchhook.webhook.RequestShape.Header;
import io.switchhook.webhook.RequestShape.Method;
import io.switchhook.webhook.RequestShape.QueryParameter;
import io.switchhook.webhook.Webhook;
import io.switchhook.webhook.WebhookSettings.Superseded;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Puts together what the page of one webhook shows. */
final class ShowWebhook {
  /** Older replays are not shown. */
  private static final int REPLAYS_MAX = 5;

  private final HttpApi.Parts parts;
  private final WebhookTrial trial;

  ShowWebhook(HttpApi.Parts parts, WebhookTrial trial) {
    this.parts = parts;
    this.trial = trial;
  }

  /** What is shown beside the webhook itself. */
  record Beside(String secret, List<TriedView> tried, ReplayView.Ask ask) {
    static final Beside NOTHING = new Beside("", List.of(), AskAgain.unasked());

    static Beside of(TriedView tried) {
      return new Beside("", List.of(tried), AskAgain.unasked());
    }

    static Beside of(ReplayView.Ask ask) {
      return new Beside("", List.of(), ask);
    }

    Beside with(String shownSecret) {
      return new Beside(shownSecret, tried, ask);
    }
  }

  WebhookView view(ConsoleRequest request, Webhook webhook, Beside beside) {
    var company = webhook.company();
    var self = request.link("webhooks", webhook.id().value());
    var standing = parts.standing().apply(webhook.id());
    var health =
        HealthView.of(
            webhook,
            standing,
            parts.history().health(company).getOrDefault(webhook.id(), WebhookHealth.NONE),
            parts
                .history()
                .figures(company, webhook.id(), parts.clock().instant().minus(HealthView.WINDOW)));
    var deliveries = request.link("deliveries") + "?webhook=" + Links.encoded(webhook.id().value());
    return new WebhookView(
        request.frame(WebhookPage.name(webhook)),
        self,
        request.link("webhooks"),
        WebhookPage.name(webhook),
        webhook.isEnabled(),
        webhook.settings().request().signing() != null,
        health,
        Trouble.of(webhook, standing, health),
        facts(webhook),
        webhook.createdAt(),
        webhook.changedAt(),
        deliveries,
        deliveries + "&outcome=not_told",
        preview(webhook),
        beside.secret(),
        request.inQuery("problem").orElse(""),
        beside.tried(),
        beside.ask(),
        replays(webhook));
  }

  private Preview preview(Webhook webhook) {
    var settings = webhook.settings();
    var shape = settings.request();
    try {
      return Preview.of(shape, trial.sample(webhook.company(), settings.trigger(), shape));
    } catch (IllegalArgumentException e) {
      return Preview.NONE;
    }
  }

  private List<ReplayView> replays(Webhook webhook) {
    return parts
        .replays()
        .list(new Replays.Which(webhook.company(), webhook.id()))
        .orElse(List.of())
        .stream()
        .limit(REPLAYS_MAX)
        .map(ReplayView::of)
        .toList();
  }

  private static List<WebhookView.Fact> facts(Webhook webhook) {
    var settings = webhook.settings();
    var request = settings.request();
    var facts = new ArrayList<WebhookView.Fact>();
    facts.add(
        new WebhookView.Fact(
            "Target", request.method() + " " + request.targetUrl(), /* isCode= */ true));
    facts.add(new WebhookView.Fact("Told of", WebhookPage.trigger(webhook) + " logs", false));
    if (request.method() == Method.POST) {
      facts.add(new WebhookView.Fact("Body", request.body().word(), true));
    }
    if (!request.queryParameters().isEmpty()) {
      var names = request.queryParameters().stream().map(QueryParameter::name);
      facts.add(
          new WebhookView.Fact("Query parameters", names.collect(Collectors.joining(", ")), true));
    }
    if (!request.headers().isEmpty()) {
      var names = request.headers().stream().map(Header::name);
      facts.add(new WebhookView.Fact("Headers", names.collect(Collectors.joining(", ")), true));
    }
    var auth = request.basicAuth();
    if (auth != null) {
      facts.add(new WebhookView.Fact("Basic auth", auth.username(), true));
    }
    for (var condition : settings.conditions()) {
      facts.add(new WebhookView.Fact("Only when", words(condition), true));
    }
    facts.add(new WebhookView.Fact("Answer within", Texts.length(request.timeout()), false));
    var timeToLive = settings.timeToLive();
    if (timeToLive != null) {
      facts.add(new WebhookView.Fact("Told within", Texts.length(timeToLive), false));
    }
    if (settings.superseded() == Superseded.DROP) {
      facts.add(new WebhookView.Fact("Stale in-call events", "left out", false));
    }
    return facts;
  }

  private static String words(Condition condition) {
    return switch (condition) {
      case Condition.In(var field, var values) -> field + " is " + String.join(" or ", values);
      case Condition.NotIn(var field, var values) ->
          field + " is not " + String.join(" nor ", values);
      case Condition.Matches(var field, var pattern) -> field + " is like " + pattern;
      case Condition.Exists(var field, boolean expected) ->
          field + (expected ? " is there" : " is not there");
    };
  }
}
