package io.switchhook.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.WebhookCatalog.Entry;
import io.switchhook.webhook.Condition;
import io.switchhook.webhook.Condition.Exists;
import io.switchhook.webhook.Condition.In;
import io.switchhook.webhook.Condition.Matches;
import io.switchhook.webhook.Condition.NotIn;
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
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoutingIndexTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final CompanyId COMPANY = new CompanyId("00000000000000a1");
  private static final RequestShape REQUEST =
      new RequestShape(
          URI.create("http://127.0.0.1/"),
          RequestShape.Method.POST,
          RequestShape.BodyDress.JSON,
          List.of(),
          List.of(),
          null,
          null,
          Duration.ofSeconds(1));

  @Test
  void onlyThoseWithAListedValueAreAsked() {
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < 1_000; i++) {
      entries.add(entry("wh_" + i, version(new In("department", List.of("d" + i)))));
    }
    entries.add(entry("wh_all", version()));
    var catalog = new WebhookCatalog(entries);

    assertThat(asked(catalog, "{\"call_state\":1,\"uid\":\"u\",\"department\":\"d7\"}"))
        .containsExactly("wh_7", "wh_all");
    assertThat(asked(catalog, "{\"call_state\":1,\"uid\":\"u\"}")).containsExactly("wh_all");
  }

  @Test
  void eachVersionCounts() {
    var catalog =
        new WebhookCatalog(
            List.of(
                entry(
                    "wh_1",
                    version(new In("department", List.of("old"))),
                    version(new In("department", List.of("new", "old"))))));

    assertThat(asked(catalog, "{\"call_state\":1,\"uid\":\"u\",\"department\":\"old\"}"))
        .containsExactly("wh_1");
    assertThat(asked(catalog, "{\"call_state\":1,\"uid\":\"u\",\"department\":\"new\"}"))
        .containsExactly("wh_1");
    assertThat(asked(catalog, "{\"call_state\":1,\"uid\":\"u\",\"department\":\"none\"}"))
        .isEmpty();
  }

  @Test
  void nobodyWhoWantsAnEventIsForgotten() {
    var random = new Random(7);
    for (int round = 0; round < 300; round++) {
      var entries = new ArrayList<Entry>();
      for (int i = 0; i < 12; i++) {
        entries.add(entry("wh_" + i, someVersion(random), someVersion(random)));
      }
      var record = record(someLog(random));
      var fields = LogFields.of(record);

      var wanted =
          entries.stream()
              .filter(entry -> Router.route(entry, record, fields) != Route.NOT_FOR_IT)
              .toList();
      var found =
          new WebhookCatalog(entries)
              .candidates(record, fields).stream()
                  .filter(entry -> Router.route(entry, record, fields) != Route.NOT_FOR_IT)
                  .toList();
      assertThat(found).containsExactlyElementsOf(wanted);
    }
  }

  private static String someLog(Random random) {
    var log = new StringBuilder("{\"uid\":\"u\",\"call_state\":" + (1 + random.nextInt(3)));
    if (random.nextBoolean()) {
      log.append(",\"department\":\"d").append(random.nextInt(3)).append('"');
    }
    if (random.nextBoolean()) {
      log.append(",\"tags\":[\"t1\",\"t").append(random.nextInt(3)).append("\"]");
    }
    return log.append('}').toString();
  }

  private static WebhookVersion someVersion(Random random) {
    var conditions = new ArrayList<Condition>();
    for (int i = random.nextInt(3); i > 0; i--) {
      conditions.add(
          switch (random.nextInt(5)) {
            case 0 -> new In("department", List.of("d0", "d" + random.nextInt(3)));
            case 1 -> new In("tags", List.of("t" + random.nextInt(3), "t1"));
            case 2 -> new NotIn("call_state", List.of("2"));
            case 3 -> new Matches("department", "d*");
            default -> new Exists("tags", random.nextBoolean());
          });
    }
    return version(conditions.toArray(Condition[]::new));
  }

  private static List<String> asked(WebhookCatalog catalog, String log) {
    var record = record(log);
    return catalog.candidates(record, LogFields.of(record)).stream()
        .map(entry -> entry.webhook().id().value())
        .toList();
  }

  private static WebhookVersion version(Condition... conditions) {
    return new WebhookVersion(Trigger.IN_CALL, List.of(conditions), /* enabled= */ true, Map.of());
  }

  private static Entry entry(String id, WebhookVersion... versions) {
    var settings =
        new WebhookSettings(
            id, Trigger.IN_CALL, List.of(), REQUEST, null, WebhookSettings.Superseded.TELL);
    return new Entry(
        new Webhook(new WebhookId(id), COMPANY, settings, 1, null, NOW, NOW), List.of(versions));
  }

  private static JournalRecord record(String log) {
    return new JournalRecord(
        0,
        0,
        new CallId(COMPANY, "u"),
        Kind.IN_CALL,
        0,
        NOW,
        NOW,
        Identity.ofName("x"),
        1,
        Bytes.utf8(log));
  }
}
