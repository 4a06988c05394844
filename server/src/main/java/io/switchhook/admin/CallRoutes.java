package io.switchhook.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.company.Company;
import io.switchhook.source.Sources;
import io.switchhook.source.StartsCalls;
import io.switchhook.source.StartsCalls.CallToStart;
import io.switchhook.source.StartsCalls.CallWay;
import io.switchhook.source.StartsCalls.Outcome;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Starts calls through a source that can: click to call, and campaigns (OBD). */
final class CallRoutes {
  private static final String RETRY_SECONDS = "5";
  private static final int TEXT_LENGTH_MAX = 100;
  private static final Set<String> FIELDS =
      Set.of("type", "user", "number", "public_ivr_id", "client_ref_id", "source");

  private final Sources sources;

  CallRoutes(Sources sources) {
    this.sources = sources;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            HttpMethod.POST,
            Route.COMPANY + "/calls",
            Route.Access.CALLS,
            Route.Intake.JSON,
            this::start));
  }

  private CompletionStage<Answer> start(ApiRequest request) {
    return JsonBody.read(request.body(), json -> start(request.company(), json));
  }

  private CompletionStage<Answer> start(Company company, JsonNode json) {
    var mistakes = new ArrayList<Problem.Wrong>();
    var call = read(json, mistakes);
    var source = source(company, json.path("source").asText(""), mistakes);
    if (!mistakes.isEmpty() || source.isEmpty()) {
      return refused(mistakes).now();
    }
    var named = source.getFirst();
    return ((StartsCalls) named.source())
        .startCall(call)
        .thenApply(outcome -> answer(outcome, call, named));
  }

  private static CallToStart read(JsonNode json, List<Problem.Wrong> mistakes) {
    if (!json.isObject()) {
      mistakes.add(new Problem.Wrong("", "must be an object", 0, 0));
    }
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                wrong(mistakes, name, "is no field here");
              } else if (!isText(json.path(name))) {
                wrong(
                    mistakes,
                    name,
                    "must be a text of at most "
                        + TEXT_LENGTH_MAX
                        + " characters without control characters");
              }
            });
    var type =
        switch (json.path("type").asText("")) {
          case "click_to_call" -> CallWay.CLICK_TO_CALL;
          case "obd" -> CallWay.OBD;
          default -> {
            wrong(mistakes, "type", "must be \"click_to_call\" or \"obd\"");
            yield CallWay.OBD;
          }
        };
    return new CallToStart(
        type,
        json.path("user").asText(""),
        json.path("number").asText(""),
        json.path("public_ivr_id").asText(""),
        json.path("client_ref_id").asText(""));
  }

  private static boolean isText(JsonNode node) {
    return node.isNull()
        || (node.isTextual()
            && node.textValue().length() <= TEXT_LENGTH_MAX
            && node.textValue().chars().noneMatch(Character::isISOControl));
  }

  /** The one source that is meant; empty with a mistake when there is none. */
  private List<Sources.Named> source(Company company, String name, List<Problem.Wrong> mistakes) {
    var able =
        sources.of(company.id()).stream()
            .filter(it -> it.source() instanceof StartsCalls)
            .filter(it -> name.isEmpty() || name.equals("null") || it.name().equals(name))
            .toList();
    if (able.size() == 1) {
      return able;
    }
    var names = able.stream().map(Sources.Named::name).toList();
    wrong(
        mistakes,
        "source",
        able.isEmpty()
            ? "names no source of this company that starts calls; docs/asterisk.md says how one"
                + " is set up"
            : "must say through which source: " + String.join(" or ", names));
    return List.of();
  }

  private static void wrong(List<Problem.Wrong> mistakes, String field, String problem) {
    mistakes.add(new Problem.Wrong(field, problem, 0, 0));
  }

  private static Answer refused(List<Problem.Wrong> mistakes) {
    return Answer.problem(Problem.invalidFields(mistakes, "no call was started"));
  }

  private static Answer answer(Outcome outcome, CallToStart call, Sources.Named source) {
    return switch (outcome) {
      case Outcome.Started(var referenceId, var uid) ->
          Answer.json(
                  202,
                  JsonNodeFactory.instance
                      .objectNode()
                      .put("reference_id", referenceId)
                      .put("uid", uid)
                      .put(
                          "client_ref_id", call.clientRefId().isEmpty() ? null : call.clientRefId())
                      .put("source", source.name()))
              .with("Location", Route.COMPANIES + "/" + source.company() + "/calls/" + uid);
      case Outcome.Refused(var mistakes) ->
          refused(
              mistakes.stream()
                  .map(it -> new Problem.Wrong(it.field(), it.problem(), 0, 0))
                  .toList());
      case Outcome.AskedBefore(var referenceId) ->
          Answer.problem(
              ProblemType.CONFLICT,
              "This client_ref_id started a call within the last 24 hours: its reference_id is "
                  + referenceId
                  + ". No call was started.");
      case Outcome.TooMany(var retryAfter, var words) ->
          Answer.problem(ProblemType.TOO_MANY, words + " No call was started.")
              .with("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
      case Outcome.NotKnown(var referenceId, var words) ->
          Answer.problem(
              ProblemType.UNAVAILABLE,
              words
                  + " It is not known whether the call was started; its reference_id is "
                  + referenceId
                  + ".");
      case Outcome.NotNow(var words) ->
          Answer.problem(ProblemType.UNAVAILABLE, words + " No call was started.")
              .with("Retry-After", RETRY_SECONDS);
    };
  }
}
