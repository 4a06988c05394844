package io.switchhook.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.company.Change;
import io.switchhook.company.ChangedWebhook;
import io.switchhook.company.Webhooks;
import io.switchhook.company.Webhooks.Which;
import io.switchhook.event.WebhookId;
import io.switchhook.webhook.Webhook;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes, changes and shows a company's webhooks. */
final class WebhookRoutes {
  private static final String LIST = Route.COMPANY + "/webhooks";
  private static final String ONE = LIST + "/{id}";
  private static final Pattern ETAG = Pattern.compile("\"([0-9]{1,18})\"");

  private final Webhooks webhooks;
  private final ShowWebhook show;
  private final WebhookTrial trial;

  WebhookRoutes(Webhooks webhooks, ShowWebhook show, WebhookTrial trial) {
    this.webhooks = webhooks;
    this.show = show;
    this.trial = trial;
  }

  List<Route> routes() {
    return List.of(
        route(HttpMethod.GET, LIST, Route.Intake.NOTHING, this::list),
        route(HttpMethod.POST, LIST, Route.Intake.JSON, this::add),
        route(HttpMethod.GET, ONE, Route.Intake.NOTHING, this::show),
        route(HttpMethod.PUT, ONE, Route.Intake.JSON, this::change),
        route(HttpMethod.DELETE, ONE, Route.Intake.NOTHING, this::remove),
        action("test", this::test),
        action("enable", request -> changed(request, webhooks::enable)),
        action("disable", request -> changed(request, webhooks::disable)),
        action("rotate-secret", request -> changed(request, webhooks::rotateSecret)));
  }

  private static Route route(
      HttpMethod method, String path, Route.Intake intake, Route.Handler handler) {
    return new Route(method, path, Route.Access.COMPANY, intake, handler);
  }

  private static Route action(String name, Route.Handler handler) {
    return route(HttpMethod.POST, ONE + "/" + name, Route.Intake.NOTHING, handler);
  }

  private CompletionStage<Answer> list(ApiRequest request) {
    var json = JsonNodeFactory.instance.objectNode();
    var list = json.putArray("webhooks");
    var company = request.company().id();
    show.all(company, webhooks.list(company)).forEach(list::add);
    return Answer.json(200, json).now();
  }

  private CompletionStage<Answer> add(ApiRequest request) {
    var company = request.company().id();
    return JsonBody.read(
        request.body(),
        json ->
            Outcomes.answer(
                webhooks.create(company, json),
                made ->
                    shown(201, made)
                        .with(
                            "Location",
                            Route.COMPANIES + "/" + company + "/webhooks/" + made.webhook().id())));
  }

  private CompletionStage<Answer> show(ApiRequest request) {
    return found(request, webhook -> shown(200, new ChangedWebhook(webhook, null)).now());
  }

  private CompletionStage<Answer> change(ApiRequest request) {
    return JsonBody.read(
        request.body(),
        json ->
            Outcomes.answer(webhooks.update(which(request), json), changed -> shown(200, changed)));
  }

  private CompletionStage<Answer> remove(ApiRequest request) {
    return Outcomes.answer(webhooks.remove(which(request)), _ -> Answer.nothing());
  }

  private CompletionStage<Answer> test(ApiRequest request) {
    return found(
        request,
        webhook ->
            trial
                .send(webhook.company(), webhook.settings().trigger(), webhook.settings().request())
                .thenApply(tried -> Answer.json(200, TrialJson.json(tried))));
  }

  private CompletionStage<Answer> changed(
      ApiRequest request, Function<Which, CompletionStage<Change<ChangedWebhook>>> change) {
    return Outcomes.answer(change.apply(which(request)), changed -> shown(200, changed));
  }

  private CompletionStage<Answer> found(
      ApiRequest request, Function<Webhook, CompletionStage<Answer>> next) {
    return webhooks
        .find(request.company().id(), new WebhookId(request.inPath("id")))
        .map(next)
        .orElseGet(() -> Outcomes.notFound().now());
  }

  private static Which which(ApiRequest request) {
    return new Which(
        request.company().id(), new WebhookId(request.inPath("id")), revision(request));
  }

  /** The revision that {@code If-Match} names; one that is no ETag of ours matches nothing. */
  private static @Nullable Long revision(ApiRequest request) {
    var condition = request.headers().get("If-Match");
    if (condition == null || condition.strip().equals("*")) {
      return null;
    }
    Matcher etag = ETAG.matcher(condition.strip());
    return etag.matches() ? Long.valueOf(etag.group(1)) : Long.valueOf(-1);
  }

  private Answer shown(int status, ChangedWebhook changed) {
    var webhook = changed.webhook();
    var json = show.one(webhook);
    if (changed.newSecret() != null && json.get("signing") instanceof ObjectNode signing) {
      signing.put("secret", changed.newSecret());
    }
    return Answer.json(status, json).with("ETag", "\"" + webhook.revision() + "\"");
  }
}
