package io.switchhook.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.company.WebhookJson;
import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.Identity;
import io.switchhook.journal.JournalRecord;
import io.switchhook.target.Outcome;
import io.switchhook.target.OutgoingRequest;
import io.switchhook.target.RequestComposer;
import io.switchhook.target.Target;
import io.switchhook.target.Telling;
import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.RequestShape.Header;
import io.switchhook.webhook.Webhook;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Tries a webhook: sends it one sample call log, past every lane, and shows what went out and what
 * came back. Secrets are masked in both.
 */
final class WebhookTrial {
  private static final Set<String> SECRET_ANSWER_HEADERS =
      Set.of("set-cookie", "authorization", "www-authenticate", "proxy-authenticate");

  private final Target target;
  private final RequestComposer composer;
  private final InstantSource clock;
  private final RandomGenerator random;

  WebhookTrial(
      Target target, RequestComposer composer, InstantSource clock, RandomGenerator random) {
    this.target = target;
    this.composer = composer;
    this.clock = clock;
    this.random = random;
  }

  CompletionStage<Answer> of(Webhook webhook) {
    var now = clock.instant();
    var shape = webhook.settings().request();
    var telling = new Telling(sample(webhook), 0, 0, 1, Telling.Mark.TEST);
    var request = composer.compose(shape, telling, now);
    var answered = new CompletableFuture<Answer>();
    target.attempt(
        request, outcome -> answered.complete(Answer.json(200, json(shape, request, outcome))));
    return answered;
  }

  private JournalRecord sample(Webhook webhook) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var uid =
        String.format(Locale.ROOT, "test.%d.%06d", now.getEpochSecond(), random.nextInt(1_000_000));
    var trigger = webhook.settings().trigger();
    var body = Bytes.utf8(SampleLogs.of(trigger, webhook.company(), uid, now).toString());
    return new JournalRecord(
        0,
        0,
        new CallId(webhook.company(), uid),
        trigger.kind(),
        0,
        now,
        now,
        Identity.ofContent(body.array()),
        1,
        body);
  }

  private static ObjectNode json(RequestShape shape, OutgoingRequest request, Outcome outcome) {
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
    writeRequest(json.putObject("request"), shape, request);
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
    writeHeaders(
        node.putArray("headers"),
        answer.headers().stream()
            .map(
                header ->
                    SECRET_ANSWER_HEADERS.contains(lower(header.name()))
                        ? new Header(header.name(), WebhookJson.MARK)
                        : header)
            .toList());
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
