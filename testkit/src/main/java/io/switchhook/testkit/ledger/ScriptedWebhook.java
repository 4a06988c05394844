package io.switchhook.testkit.ledger;

import io.switchhook.event.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A webhook of the scripts: how it is configured, and, said a second time in plain words, what it
 * wants.
 *
 * @param settings the JSON of the API without name and target
 * @param wants what is told to it
 * @param timeToLive null for the installation's, which no script outlives
 */
public record ScriptedWebhook(
    String name, String settings, Predicate<ScriptedEvent> wants, @Nullable Duration timeToLive) {

  /** Five: three triggers, four dresses, with conditions and without, one that soon forgets. */
  public static List<ScriptedWebhook> five() {
    return List.of(
        new ScriptedWebhook(
            "all", "\"trigger\":\"in_call\"", event -> event.kind() == Kind.IN_CALL, null),
        new ScriptedWebhook(
            "popup",
            """
            "trigger":"in_call","method":"GET","time_to_live_seconds":2,\
            "conditions":[{"field":"call_state","in":["5","6"]}],\
            "query_parameters":[{"name":"token","field":"client_ref_id"},\
            {"name":"caller","field":"clid_raw","as":"e164"}]""",
            event -> event.state().equals("5") || event.state().equals("6"),
            Duration.ofSeconds(2)),
        new ScriptedWebhook(
            "delhi",
            """
            "trigger":"in_call","body":"json","signing":{"scheme":"standard-webhooks"},\
            "conditions":[{"field":"clid_raw","matches":"9111*"},\
            {"field":"call_state","not_in":["1"]}]""",
            event ->
                event.kind() == Kind.IN_CALL
                    && event.log().contains("\"clid_raw\":\"9111")
                    && !event.state().equals("1"),
            null),
        new ScriptedWebhook(
            "after",
            "\"trigger\":\"after_call\",\"body\":\"myoperator-json\"",
            event -> event.kind() == Kind.AFTER_CALL,
            null),
        new ScriptedWebhook(
            "tags",
            "\"trigger\":\"disposition\",\"headers\":[\"my-super-secret-token: abc123def\"]",
            event -> event.kind() == Kind.DISPOSITION,
            null));
  }

  /** The JSON that configures it with this target. */
  String json(String targetUrl) {
    return "{\"name\":\"%s\",\"target_url\":\"%s\",%s}".formatted(name, targetUrl, settings);
  }
}
