package io.switchhook.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.company.ApiKey;
import io.switchhook.company.Keys;
import io.switchhook.event.CompanyId;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes, lists and revokes keys: a company's, and the installation's. */
final class KeyRoutes {
  private static final String ADMIN_KEYS = Route.API + "/keys";

  private final Keys keys;

  KeyRoutes(Keys keys) {
    this.keys = keys;
  }

  List<Route> routes() {
    return Stream.concat(
            routes(ADMIN_KEYS, Route.Access.ADMIN),
            routes(Route.COMPANY + "/keys", Route.Access.COMPANY))
        .toList();
  }

  private Stream<Route> routes(String path, Route.Access access) {
    return Stream.of(
        new Route(HttpMethod.GET, path, access, Route.Intake.NOTHING, this::list),
        new Route(HttpMethod.POST, path, access, Route.Intake.JSON, this::add),
        new Route(HttpMethod.DELETE, path + "/{id}", access, Route.Intake.NOTHING, this::revoke));
  }

  private CompletionStage<Answer> list(ApiRequest request) {
    var json = JsonNodeFactory.instance.objectNode();
    var list = json.putArray("keys");
    keys.list(owner(request)).forEach(key -> list.add(json(key)));
    return Answer.json(200, json).now();
  }

  private CompletionStage<Answer> add(ApiRequest request) {
    return JsonBody.readOptional(
        request.body(),
        json ->
            Outcomes.answer(
                keys.add(owner(request), json),
                made ->
                    Answer.json(201, json(made.key()).put("key", made.text()))
                        .with("Location", location(request, made.key()))));
  }

  private CompletionStage<Answer> revoke(ApiRequest request) {
    return Outcomes.answer(
        keys.revoke(owner(request), request.inPath("id")), _ -> Answer.nothing());
  }

  private static String location(ApiRequest request, ApiKey key) {
    var owner = owner(request);
    var path = owner == null ? ADMIN_KEYS : Route.COMPANIES + "/" + owner + "/keys";
    return path + "/" + key.id();
  }

  private static @Nullable CompanyId owner(ApiRequest request) {
    return request.ofCompany() == null ? null : request.ofCompany().id();
  }

  private static ObjectNode json(ApiKey key) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", key.id())
        .put("name", key.name())
        .put("may_start_calls", key.mayStartCalls())
        .put("created_at", key.createdAt().toString());
  }
}
