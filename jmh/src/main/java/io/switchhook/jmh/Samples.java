package io.switchhook.jmh;

import io.switchhook.calllog.CallLog;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.ReadResult;
import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.WebhookCatalog.Entry;
import io.switchhook.routing.WebhookVersion;
import io.switchhook.webhook.Condition;
import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.Trigger;
import io.switchhook.webhook.Webhook;
import io.switchhook.webhook.WebhookSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the benchmarks work on: the vendor's sample logs, records of them, plain webhooks. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private Samples() {}

  /** The bytes of a sample log, by its file's name without the ending. */
  static byte[] bytes(String name) {
    try (var stream = Samples.class.getResourceAsStream("/samples/" + name + ".json")) {
      if (stream == null) {
        throw new IllegalStateException("no sample " + name);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A sample log. */
  static CallLog log(String name) {
    return switch (CallLogReader.read(bytes(name))) {
      case ReadResult.Read(var log) -> log;
      case ReadResult.Malformed malformed -> throw new IllegalStateException(malformed.sentence());
    };
  }

  /** The company with this number. */
  static CompanyId company(int number) {
    return CompanyId.ofBits(number);
  }

  /** The first event of a call: the in-call sample. */
  static JournalRecord event(CallId call, long offset, Bytes body) {
    var identity = Identity.ofName("sample");
    return new JournalRecord(0, offset, call, Kind.IN_CALL, 0, NOW, NOW, identity, 1, body);
  }

  /** A webhook for in-call events under these conditions. */
  static Entry webhook(int number, CompanyId company, List<Condition> conditions) {
    var shape =
        new RequestShape(
            URI.create("http://127.0.0.1/hook"),
            RequestShape.Method.POST,
            RequestShape.BodyDress.MYOPERATOR,
            List.of(),
            List.of(),
            null,
            null,
            Duration.ofSeconds(10));
    var settings =
        new WebhookSettings(
            "w", Trigger.IN_CALL, conditions, shape, null, WebhookSettings.Superseded.TELL);
    return new Entry(
        new Webhook(new WebhookId("wh_" + number), company, settings, 1, null, NOW, NOW),
        List.of(new WebhookVersion(Trigger.IN_CALL, conditions, true, Map.of(0, 0L))));
  }
}
