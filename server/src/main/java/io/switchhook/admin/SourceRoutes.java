package io.switchhook.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.source.Door;
import io.switchhook.source.SeenChannel;
import io.switchhook.source.SeesChannels;
import io.switchhook.source.SourceTest;
import io.switchhook.source.Sources;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Shows a company's sources and what they saw, and tries them. */
final class SourceRoutes {
  private static final String SOURCES = Route.COMPANY + "/sources";
  private static final String SOURCE = SOURCES + "/{name}";

  private final Sources sources;

  SourceRoutes(Sources sources) {
    this.sources = sources;
  }

  List<Route> routes() {
    return List.of(
        route(HttpMethod.GET, SOURCES, this::list),
        route(HttpMethod.GET, SOURCE, this::show),
        route(HttpMethod.POST, SOURCE + "/test", this::test),
        route(HttpMethod.GET, SOURCE + "/channels", this::channels));
  }

  private static Route route(HttpMethod method, String path, Route.Handler handler) {
    return new Route(method, path, Route.Access.COMPANY, Route.Intake.NOTHING, handler);
  }

  private CompletionStage<Answer> list(ApiRequest request) {
    var json = JsonNodeFactory.instance.objectNode();
    var list = json.putArray("sources");
    sources.of(request.company().id()).forEach(named -> list.add(json(named)));
    return Answer.json(200, json).now();
  }

  private CompletionStage<Answer> show(ApiRequest request) {
    return named(request)
        .map(named -> Answer.json(200, json(named)))
        .orElseGet(Outcomes::notFound)
        .now();
  }

  private CompletionStage<Answer> test(ApiRequest request) {
    return named(request)
        .map(named -> named.source().test().thenApply(SourceRoutes::answer))
        .orElseGet(() -> Outcomes.notFound().now());
  }

  private CompletionStage<Answer> channels(ApiRequest request) {
    return named(request)
        .map(Sources.Named::source)
        .filter(SeesChannels.class::isInstance)
        .map(SeesChannels.class::cast)
        .map(source -> Answer.json(200, json(source.seenChannels())))
        .orElseGet(Outcomes::notFound)
        .now();
  }

  private Optional<Sources.Named> named(ApiRequest request) {
    return sources
        .find(request.inPath("name"))
        .filter(named -> named.company().equals(request.company().id()));
  }

  private static ObjectNode json(Sources.Named named) {
    var state = named.source().state();
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", named.name())
            .put("type", named.type())
            .put("state", word(state.hearing()))
            .put("since", state.since().toString())
            .put(
                "last_event_at",
                state.lastEventAt() == null ? null : state.lastEventAt().toString());
    if (named.source() instanceof Door door) {
      json.put("unread", door.unreadCount());
    }
    var problems = json.putArray("problems");
    state.problems().forEach(problems::add);
    return json;
  }

  private static ObjectNode json(SeesChannels.Seen seen) {
    var json = JsonNodeFactory.instance.objectNode();
    var channels = json.putArray("channels");
    seen.last().reversed().forEach(channel -> channels.add(json(channel)));
    var ignored = json.putArray("ignored");
    seen.ignored().entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(
            each -> ignored.addObject().put("why", each.getKey()).put("count", each.getValue()));
    return json;
  }

  private static ObjectNode json(SeenChannel channel) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("at", channel.at().toString())
        .put("name", channel.name())
        .put("id", channel.id())
        .put("understood", word(channel.understood()))
        .put("why", channel.why());
  }

  private static Answer answer(SourceTest test) {
    var json = JsonNodeFactory.instance.objectNode().put("passed", test.passed());
    var found = json.putArray("found");
    test.found()
        .forEach(
            finding ->
                found
                    .addObject()
                    .put("weight", word(finding.weight()))
                    .put("words", finding.words()));
    return Answer.json(200, json);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
