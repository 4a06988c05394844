package io.switchhook.console.webhooks;

import io.switchhook.admin.HttpApi;
import io.switchhook.admin.WebhookTrial;
import io.switchhook.console.ConsoleAnswer;
import io.switchhook.console.ConsolePage;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.ConsoleRoute;
import io.switchhook.console.ShownOnce;
import io.switchhook.console.Templates;
import io.switchhook.history.WebhookHealth;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/** The list of webhooks, and what there is of one. */
public final class WebhooksPage implements ConsolePage {
  private final HttpApi.Parts parts;
  private final Templates templates;
  private final FormPage form;
  private final WebhookPage webhook;

  /** The pages of webhooks. */
  public WebhooksPage(HttpApi.Parts parts, Templates templates) {
    this.parts = parts;
    this.templates = templates;
    var trial = new WebhookTrial(parts);
    var secrets = new ShownOnce(parts.clock(), new SecureRandom());
    this.form = new FormPage(parts, templates, trial, secrets);
    this.webhook = new WebhookPage(parts, templates, trial, secrets);
  }

  @Override
  public NavEntry entry() {
    return new NavEntry("Webhooks", "/webhooks", "webhooks");
  }

  @Override
  public List<ConsoleRoute> routes() {
    return Stream.of(
            List.of(ConsoleRoute.get("/webhooks", this::list)), form.routes(), webhook.routes())
        .flatMap(List::stream)
        .toList();
  }

  private ConsoleAnswer list(ConsoleRequest request) {
    var company = request.company().id();
    var health = parts.history().health(company);
    var from = parts.clock().instant().minus(HealthView.WINDOW);
    var rows =
        parts.webhooks().list(company).stream()
            .map(
                one -> {
                  var standing = parts.standing().apply(one.id());
                  var view =
                      HealthView.of(
                          one,
                          standing,
                          health.getOrDefault(one.id(), WebhookHealth.NONE),
                          parts.history().figures(company, one.id(), from));
                  return new WebhooksView.Row(
                      one.id().value(),
                      request.link("webhooks", one.id().value()),
                      WebhookPage.name(one),
                      WebhookPage.trigger(one),
                      one.settings().request().method().name(),
                      one.settings().request().targetUrl().toString(),
                      view,
                      Trouble.of(one, standing, view));
                })
            .toList();
    return templates.page(
        "webhooks/list",
        new WebhooksView(
            request.frame("Webhooks"),
            request.link("webhooks", "new"),
            request.link("webhooks"),
            rows));
  }
}
