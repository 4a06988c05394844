package io.switchhook.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.company.WebhookJson;
import io.switchhook.target.Outcome;
import io.switchhook.target.OutgoingRequest;
import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.RequestShape.Header;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A trial of a webhook as JSON; secrets are masked in what went out and in what came back. */
final class TrialJson {
  private TrialJson() {}

  static ObjectNode json(WebhookTrial.Tried tried) {
    var outcome = tried.outcome();
    var json = JsonNodeFactory.instance.objectNode();
    switch (outcome) {
      case Outcome.Delivered(int status, _, _) ->
          json.put("outcome", "delivered").put("words", "answered " + status);
      case Outcome.Refused(int status, _, _, _) ->
          json.put("outcome", "refused").put("words", "answered " + status);
      case Outcome.Unreachable(_, var words, _) ->
          json.put("outcome", "unreachable").put("words", words);
    }
    json.put("took_ms", millis(outcome.took()));
    writeRequest(json.putObject("request"), tried.shape(), tried.request());
    switch (outcome) {
      case Outcome.Delivered(int status, var answer, _) -> writeAnswer(json, status, answer);
      case Outcome.Refused(int status, _, var answer, _) -> writeAnswer(json, status, answer);
      case Outcome.Unreachable _ -> json.putNull("answer");
    }
    return json;
  }

  private static void writeRequest(ObjectNode json, RequestShape shape, OutgoingRequest request) {
    json.put("method", request.method().name()).put("url", request.url().toString());
    var secretNames = shape.headers().stream().map(header -> lower(header.name())).toList();
    writeHeaders(
        json.putArray("headers"),
        request.headers().stream()
            .map(
                header ->
                    secretNames.contains(lower(header.name()))
                            || lower(header.name()).equals("authorization")
                        ? new Header(header.name(), WebhookJson.MARK)
                        : header)
            .toList());
    if (request.body() == null) {
      json.putNull("body");
    } else {
      json.put("body", request.body().utf8());
    }
  }

  private static void writeAnswer(ObjectNode json, int status, Outcome.Answer answer) {
    var node = json.putObject("answer").put("status", status);
    writeHeaders(node.putArray("headers"), WebhookTrial.Tried.masked(answer));
    node.put("body", answer.body().utf8()).put("cut", answer.cut());
  }

  private static void writeHeaders(ArrayNode list, List<Header> headers) {
    headers.forEach(header -> list.add(header.name() + ": " + header.value()));
  }

  private static double millis(Duration took) {
    return took.toNanos() / 1_000_000.0;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
