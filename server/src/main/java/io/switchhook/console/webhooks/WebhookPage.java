package io.switchhook.console.webhooks;

import io.switchhook.admin.HttpApi;
import io.switchhook.admin.WebhookTrial;
import io.switchhook.company.Change;
import io.switchhook.company.ChangedWebhook;
import io.switchhook.company.Webhooks;
import io.switchhook.console.ConsoleAnswer;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.ConsoleRoute;
import io.switchhook.console.Links;
import io.switchhook.console.ShownOnce;
import io.switchhook.console.Templates;
import io.switchhook.console.Texts;
import io.switchhook.delivery.ReplayId;
import io.switchhook.event.WebhookId;
import io.switchhook.replay.Replays;
import io.switchhook.webhook.Webhook;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** One webhook: its health, what it takes to mend it, trials, and telling again. */
final class WebhookPage {
  private final HttpApi.Parts parts;
  private final Templates templates;
  private final WebhookTrial trial;
  private final ShownOnce secrets;
  private final ShowWebhook show;
  private final AskAgain askAgain;

  WebhookPage(HttpApi.Parts parts, Templates templates, WebhookTrial trial, ShownOnce secrets) {
    this.parts = parts;
    this.templates = templates;
    this.trial = trial;
    this.secrets = secrets;
    this.show = new ShowWebhook(parts, trial);
    this.askAgain = new AskAgain(parts);
  }

  List<ConsoleRoute> routes() {
    var one = "/webhooks/{id}";
    return List.of(
        ConsoleRoute.get(one, this::show),
        ConsoleRoute.get(one + "/delete", this::askToDelete),
        ConsoleRoute.post(one + "/delete", this::delete),
        ConsoleRoute.post(one + "/enable", of(parts.webhooks()::enable)),
        ConsoleRoute.post(one + "/disable", of(parts.webhooks()::disable)),
        ConsoleRoute.post(one + "/rotate", of(parts.webhooks()::rotateSecret)),
        ConsoleRoute.post(one + "/test", this::test),
        ConsoleRoute.post(one + "/again", this::again),
        ConsoleRoute.post(one + "/again/{replay}/cancel", this::cancel));
  }

  /** How a webhook is called. */
  static String name(Webhook webhook) {
    var name = webhook.settings().name();
    return name.isBlank() ? webhook.id().value() : name;
  }

  /** Of what it is told. */
  static String trigger(Webhook webhook) {
    return switch (webhook.settings().trigger()) {
      case IN_CALL -> "in-call";
      case AFTER_CALL -> "after-call";
      case DISPOSITION -> "disposition";
    };
  }

  /** Where somebody goes who has changed a webhook, with the secret that was made by it. */
  static String after(ShownOnce secrets, ConsoleRequest request, ChangedWebhook changed) {
    var id = changed.webhook().id().value();
    var page = request.link("webhooks", id);
    var secret = changed.newSecret();
    return secret == null ? page : page + "?secret=" + secrets.keep(request, id, secret);
  }

  static ConsoleAnswer gone(Templates templates, ConsoleRequest request) {
    return templates.page(
        "webhooks/gone",
        new WebhookView.Gone(request.frame("No such webhook"), request.link("webhooks")));
  }

  private CompletionStage<ConsoleAnswer> found(
      ConsoleRequest request, Function<Webhook, CompletionStage<ConsoleAnswer>> next) {
    var found = parts.webhooks().find(request.company().id(), new WebhookId(request.inPath("id")));
    return found.isPresent() ? next.apply(found.get()) : gone(templates, request).now();
  }

  private ConsoleAnswer show(ConsoleRequest request) {
    return parts
        .webhooks()
        .find(request.company().id(), new WebhookId(request.inPath("id")))
        .<ConsoleAnswer>map(webhook -> page(request, webhook, ShowWebhook.Beside.NOTHING))
        .orElseGet(() -> gone(templates, request));
  }

  private ConsoleAnswer page(ConsoleRequest request, Webhook webhook, ShowWebhook.Beside beside) {
    var secret =
        request
            .inQuery("secret")
            .flatMap(ticket -> secrets.take(request, webhook.id().value(), ticket))
            .orElse("");
    return templates.page("webhooks/show", show.view(request, webhook, beside.with(secret)));
  }

  private static Webhooks.Which which(ConsoleRequest request) {
    return new Webhooks.Which(
        request.company().id(), new WebhookId(request.inPath("id")), /* revision= */ null);
  }

  private static String self(ConsoleRequest request) {
    return request.link("webhooks", request.inPath("id"));
  }

  private ConsoleRoute.Handler of(
      Function<Webhooks.Which, CompletionStage<Change<ChangedWebhook>>> change) {
    return request ->
        change
            .apply(which(request))
            .thenApply(
                changed ->
                    changed instanceof Change.Done<ChangedWebhook>(var done)
                        ? ConsoleAnswer.redirect(after(secrets, request, done))
                        : refused(request, changed));
  }

  private static ConsoleAnswer refused(ConsoleRequest request, Change<?> change) {
    return ConsoleAnswer.redirect(
        self(request)
            + "?problem="
            + Links.encoded("Nothing was changed: " + AskAgain.problem(change) + "."));
  }

  private CompletionStage<ConsoleAnswer> test(ConsoleRequest request) {
    return found(
        request,
        webhook ->
            trial
                .send(webhook.company(), webhook.settings().trigger(), webhook.settings().request())
                .thenApply(
                    tried -> page(request, webhook, ShowWebhook.Beside.of(TriedView.of(tried)))));
  }

  private ConsoleAnswer askToDelete(ConsoleRequest request) {
    return parts
        .webhooks()
        .find(request.company().id(), new WebhookId(request.inPath("id")))
        .<ConsoleAnswer>map(
            webhook -> {
              var health = parts.history().health(request.company().id()).get(webhook.id());
              var words =
                  health == null || health.backlog() == 0
                      ? ""
                      : Texts.count(health.backlog(), "event")
                          + (health.backlog() == 1 ? " waits" : " wait")
                          + " for it and will not be told.";
              return templates.page(
                  "webhooks/delete",
                  new WebhookView.Delete(
                      request.frame("Delete " + name(webhook)),
                      name(webhook),
                      self(request),
                      words));
            })
        .orElseGet(() -> gone(templates, request));
  }

  private CompletionStage<ConsoleAnswer> delete(ConsoleRequest request) {
    return parts
        .webhooks()
        .remove(which(request))
        .thenApply(
            change ->
                change instanceof Change.Done
                    ? ConsoleAnswer.redirect(request.link("webhooks"))
                    : refused(request, change));
  }

  /** Counts, or begins what was counted. */
  private CompletionStage<ConsoleAnswer> again(ConsoleRequest request) {
    return found(
        request,
        webhook -> {
          var which = new Replays.Which(webhook.company(), webhook.id());
          return request.inForm("do").equals("start")
              ? askAgain
                  .start(request, which)
                  .thenApply(
                      change ->
                          change instanceof Change.Done
                              ? ConsoleAnswer.redirect(self(request) + "#again")
                              : refused(request, change))
              : askAgain
                  .count(request, which)
                  .thenApply(ask -> page(request, webhook, ShowWebhook.Beside.of(ask)));
        });
  }

  private CompletionStage<ConsoleAnswer> cancel(ConsoleRequest request) {
    return parts
        .replays()
        .cancel(request.company().id(), new ReplayId(request.inPath("replay")))
        .thenApply(
            change ->
                change instanceof Change.Done
                    ? ConsoleAnswer.redirect(self(request) + "#again")
                    : refused(request, change));
  }
}
