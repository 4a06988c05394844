package io.switchhook.delivery.engine;

import io.switchhook.delivery.CursorStore.Committed;
import io.switchhook.delivery.LaneRow;
import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.WebhookCatalog;
import io.switchhook.routing.WebhookVersion;
import io.switchhook.target.Outcome;
import io.switchhook.webhook.Condition;
import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.Trigger;
import io.switchhook.webhook.Webhook;
import io.switchhook.webhook.WebhookSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What tests of single steps need: an engine, a webhook that wants everything, events. */
final class EngineFixture {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  static final WebhookId WEBHOOK = new WebhookId("wh_1");

  private EngineFixture() {}

  static Engine engineWithOneWebhook() {
    var retries = new RetrySchedule(List.of(Duration.ofSeconds(1)));
    return engine(EngineSettings.standard(retries, 1 << 20, 1));
  }

  static Engine engine(EngineSettings settings) {
    var catalog = new WebhookCatalog(List.of(webhook(List.of())));
    return new Engine(settings, (_, event, _) -> event.acceptedAt().plusSeconds(60), catalog);
  }

  /** With so many places in all, and more for each webhook. */
  static EngineSettings settings(int places, long memoryBytes) {
    return new EngineSettings(
        new RetrySchedule(List.of(Duration.ofSeconds(1))),
        4_096,
        new EngineSettings.Attempts(2 * places, 2 * places, places, 1_000, 1_000),
        10_000,
        1_024,
        memoryBytes,
        Duration.ofMillis(200),
        1_000,
        Duration.ofSeconds(1),
        32,
        64,
        20_000);
  }

  static List<Effect.Attempt> attempts(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Attempt.class::isInstance)
        .map(Effect.Attempt.class::cast)
        .toList();
  }

  static List<LaneRow> rowsPut(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Commit.class::isInstance)
        .flatMap(commit -> ((Effect.Commit) commit).commit().putLanes().stream())
        .toList();
  }

  /** Events of a call each. */
  static List<JournalRecord> events(long from, int count) {
    return LongStream.range(from, from + count).mapToObj(EngineFixture::event).toList();
  }

  static Input delivered(Effect.Attempt attempt) {
    var answer = new Outcome.Answer(List.of(), Bytes.empty(), false);
    return new Input.AttemptEnded(
        attempt.partition(),
        attempt.lane(),
        attempt.telling().event(),
        NOW,
        new Outcome.Delivered(200, answer, Duration.ZERO));
  }

  /** What the engine says within three seconds in which each commit is durable at once. */
  static List<Effect> afterSeconds(Engine engine) {
    var told = new ArrayList<Effect>();
    for (int second = 1; second <= 3; second++) {
      var now = NOW.plusSeconds(second);
      var effects = engine.step(new Input.TimePassed(), now);
      told.addAll(effects);
      if (effects.stream().anyMatch(Effect.Commit.class::isInstance)) {
        told.addAll(engine.step(new Input.CommitEnded(0, Committed.DURABLE), now));
      }
    }
    return told;
  }

  static WebhookCatalog.Entry webhook(List<Condition> conditions) {
    var shape =
        new RequestShape(
            URI.create("http://127.0.0.1/"),
            RequestShape.Method.POST,
            RequestShape.BodyDress.JSON,
            List.of(),
            List.of(),
            null,
            null,
            Duration.ofSeconds(1));
    var settings =
        new WebhookSettings(
            "w", Trigger.IN_CALL, conditions, shape, null, WebhookSettings.Superseded.TELL);
    return new WebhookCatalog.Entry(
        new Webhook(WEBHOOK, callOf(0).company(), settings, 1, null, NOW, NOW),
        List.of(new WebhookVersion(Trigger.IN_CALL, conditions, true, Map.of())));
  }

  static CallId callOf(int number) {
    return new CallId(new CompanyId("5cd40f6554442586"), String.valueOf(number));
  }

  static JournalRecord event(long offset, CallId call, int sequence, String body) {
    return new JournalRecord(
        0,
        offset,
        call,
        Kind.IN_CALL,
        0,
        NOW,
        NOW,
        Identity.ofName("x" + offset),
        sequence,
        Bytes.utf8(body));
  }

  static JournalRecord event(long offset) {
    var call = new CallId(new CompanyId("5cd40f6554442586"), "call." + offset);
    return new JournalRecord(
        0, offset, call, Kind.IN_CALL, 0, NOW, NOW, Identity.ofName("x"), 1, Bytes.utf8("{}"));
  }
}
