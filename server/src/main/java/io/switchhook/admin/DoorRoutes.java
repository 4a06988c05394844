package io.switchhook.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.event.Bytes;
import io.switchhook.source.Door;
import io.switchhook.source.DoorAnswer;
import io.switchhook.source.DoorRequest;
import io.switchhook.source.Sources;
import io.switchhook.source.UnreadRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The doors by which other systems' requests come in, and what of it could not be read. */
final class DoorRoutes {
  private static final String UNREAD = Route.COMPANY + "/sources/{name}/unread";
  private static final int LIMIT_MAX = 100;
  private static final int LIMIT_DEFAULT = 20;

  private final Sources sources;
  private final Blocking blocking;

  DoorRoutes(Sources sources, Blocking blocking) {
    this.sources = sources;
    this.blocking = blocking;
  }

  List<Route> routes() {
    return List.of(
        door(HttpMethod.GET),
        door(HttpMethod.POST),
        new Route(HttpMethod.GET, UNREAD, Route.Access.COMPANY, Route.Intake.NOTHING, this::unread),
        new Route(
            HttpMethod.POST,
            UNREAD + "/retry",
            Route.Access.COMPANY,
            Route.Intake.NOTHING,
            this::retry));
  }

  private Route door(HttpMethod method) {
    return new Route(
        method,
        "/in/{source}",
        Route.Access.DOOR,
        Route.Intake.ANYTHING,
        request -> take(method, request));
  }

  /** Why a request is refused whose body was not read yet; empty when its sender is proven. */
  Optional<Answer> refusal(String source, DoorRequest head) {
    var door = door(source);
    if (door.isEmpty()) {
      return Optional.of(Outcomes.notFound());
    }
    return door.get().isProven(head)
        ? Optional.empty()
        : Optional.of(
            Answer.problem(
                    ProblemType.UNPROVEN,
                    "The secret that this source's settings ask for is missing or wrong; nothing"
                        + " was kept.")
                .with("WWW-Authenticate", door.get().challenge()));
  }

  /** The request as a door takes it. */
  static DoorRequest request(HttpMethod method, String rawQuery, MultiMap headers, Bytes body) {
    var byName = new LinkedHashMap<String, List<String>>();
    headers.names().forEach(name -> byName.put(name, headers.getAll(name)));
    return new DoorRequest(method.name(), rawQuery, byName, body);
  }

  private CompletionStage<Answer> take(HttpMethod method, ApiRequest request) {
    return door(request.inPath("source"))
        .map(
            door ->
                door.take(request(method, request.rawQuery(), request.headers(), request.body()))
                    .thenApply(DoorRoutes::answer))
        .orElseGet(() -> Outcomes.notFound().now());
  }

  private static Answer answer(DoorAnswer answer) {
    return switch (answer) {
      case DoorAnswer.Taken() -> Answer.text(200, "text/plain; charset=utf-8", "OK");
      case DoorAnswer.Unavailable(var words, var retryAfter) ->
          Answer.problem(
                  ProblemType.UNAVAILABLE, words + " Nothing was kept; send the request again.")
              .with("Retry-After", String.valueOf(retryAfter.toSeconds()));
    };
  }

  private CompletionStage<Answer> unread(ApiRequest request) {
    var asked = new QueryReader(request.query());
    var limit = asked.number("limit", 1, LIMIT_MAX).orElse(LIMIT_DEFAULT);
    var problem = asked.problem();
    if (problem.isPresent()) {
      return Answer.problem(problem.get()).now();
    }
    return withDoor(
        request,
        door -> {
          var json = JsonNodeFactory.instance.objectNode();
          var list = json.putArray("unread");
          door.unread(limit).forEach(each -> list.add(json(each)));
          return json.put("count", door.unreadCount());
        });
  }

  private CompletionStage<Answer> retry(ApiRequest request) {
    return withDoor(
        request,
        door -> {
          var retried = door.retryUnread();
          return JsonNodeFactory.instance
              .objectNode()
              .put("read", retried.read())
              .put("unread", retried.unread());
        });
  }

  private CompletionStage<Answer> withDoor(ApiRequest request, Function<Door, ObjectNode> work) {
    return door(request.inPath("name"))
        .filter(door -> door.company().equals(request.company().id()))
        .map(door -> blocking.run(() -> Answer.json(200, work.apply(door))))
        .orElseGet(() -> Outcomes.notFound().now());
  }

  private Optional<Door> door(String source) {
    return sources
        .find(source)
        .flatMap(
            named -> named.source() instanceof Door door ? Optional.of(door) : Optional.empty());
  }

  private static ObjectNode json(UnreadRequest request) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", request.id())
            .put("received_at", request.receivedAt().toString())
            .put("method", request.method())
            .put("query", request.rawQuery())
            .put("content_type", request.contentType());
    var text = text(request.body());
    return text.map(it -> json.put("body", it))
        .orElseGet(
            () ->
                json.put("body_base64", Base64.getEncoder().encodeToString(request.body().array())))
        .put("reason", request.reason());
  }

  private static Optional<String> text(Bytes body) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.array())).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
