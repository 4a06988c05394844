package io.switchhook.company;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.company.SecretBox.Owner;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.routing.WebhookVersion;
import io.switchhook.sqlite.Session;
import io.switchhook.webhook.Trigger;
import io.switchhook.webhook.Webhook;
import io.switchhook.webhook.WebhookSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Webhooks as rows: the settings as their JSON without secrets, the secrets sealed beside them. */
final class WebhookRows {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SECRETS = "secrets";

  private final SecretBox box;

  WebhookRows(SecretBox box) {
    this.box = box;
  }

  /** Puts a webhook's row, and its newest version when it is a new one. */
  StoredWebhook put(Session session, StoredWebhook stored) throws SQLException {
    var webhook = stored.webhook();
    var statement =
        session.prepared(
            "INSERT INTO webhook (id, company, settings, timeout_ms, secrets, revision,"
                + " disabled_reason, disabled_at, created_at, changed_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (id) DO UPDATE SET settings = excluded.settings,"
                + " timeout_ms = excluded.timeout_ms, secrets = excluded.secrets,"
                + " revision = excluded.revision, disabled_reason = excluded.disabled_reason,"
                + " disabled_at = excluded.disabled_at, changed_at = excluded.changed_at");
    statement.setString(1, webhook.id().value());
    statement.setString(2, webhook.company().hex());
    statement.setString(3, settingsText(webhook.settings()));
    statement.setLong(4, webhook.settings().request().timeout().toMillis());
    statement.setBytes(5, box.seal(owner(webhook.company(), webhook.id()), secretsText(stored)));
    statement.setLong(6, webhook.revision());
    statement.setString(7, webhook.disabledReason());
    var disabledAt = webhook.disabledAt();
    statement.setObject(8, disabledAt == null ? null : disabledAt.toEpochMilli());
    statement.setLong(9, webhook.createdAt().toEpochMilli());
    statement.setLong(10, webhook.changedAt().toEpochMilli());
    statement.executeUpdate();
    putNewestVersion(session, webhook.id(), stored.versions());
    return stored;
  }

  int delete(Session session, WebhookId id) throws SQLException {
    var statement = session.prepared("DELETE FROM webhook WHERE id = ?");
    statement.setString(1, id.value());
    return statement.executeUpdate();
  }

  /** All webhooks, oldest first. */
  Map<WebhookId, StoredWebhook> readAll(Session session) throws SQLException {
    var versions = readVersions(session);
    var webhooks = new LinkedHashMap<WebhookId, StoredWebhook>();
    try (var rows =
        session
            .prepared(
                "SELECT id, company, settings, timeout_ms, secrets, revision, disabled_reason,"
                    + " disabled_at, created_at, changed_at FROM webhook ORDER BY created_at, rowid")
            .executeQuery()) {
      while (rows.next()) {
        var id = new WebhookId(rows.getString(1));
        webhooks.put(id, readRow(rows, id, versions.getOrDefault(id, List.of())));
      }
    }
    return webhooks;
  }

  /** Keeps the versions that the webhook has now and no others, counted from one again. */
  StoredWebhook putVersions(Session session, StoredWebhook stored) throws SQLException {
    var id = stored.webhook().id();
    var delete = session.prepared("DELETE FROM webhook_version WHERE webhook = ?");
    delete.setString(1, id.value());
    delete.executeUpdate();
    for (int count = 1; count <= stored.versions().size(); count++) {
      putNewestVersion(session, id, stored.versions().subList(0, count));
    }
    return stored;
  }

  private static void putNewestVersion(Session session, WebhookId id, List<WebhookVersion> versions)
      throws SQLException {
    var version = versions.getLast();
    var statement =
        session.prepared(
            "INSERT OR REPLACE INTO webhook_version (webhook, number, trigger_word, conditions,"
                + " enabled, first_offsets) VALUES (?, ?, ?, ?, ?, ?)");
    statement.setString(1, id.value());
    statement.setInt(2, versions.size());
    statement.setString(3, version.trigger().word());
    statement.setString(4, Conditions.write(version.conditions()).toString());
    statement.setBoolean(5, version.enabled());
    statement.setString(6, offsetsText(version.firstOffsets()));
    statement.executeUpdate();
  }

  private static Map<WebhookId, List<WebhookVersion>> readVersions(Session session)
      throws SQLException {
    var versions = new HashMap<WebhookId, List<WebhookVersion>>();
    try (var rows =
        session
            .prepared(
                "SELECT webhook, trigger_word, conditions, enabled, first_offsets"
                    + " FROM webhook_version ORDER BY webhook, number")
            .executeQuery()) {
      while (rows.next()) {
        var id = new WebhookId(rows.getString(1));
        var conditions = JsonNodeFactory.instance.objectNode();
        conditions.set("conditions", parse(id, rows.getString(3)));
        var mistakes = new ArrayList<FieldMistake>();
        var version =
            new WebhookVersion(
                trigger(rows.getString(2)),
                Conditions.read(new ObjectReader(conditions, "", mistakes)),
                rows.getBoolean(4),
                offsets(rows.getString(5)));
        refuse(id, mistakes);
        versions.computeIfAbsent(id, _ -> new ArrayList<>()).add(version);
      }
    }
    return versions;
  }

  private StoredWebhook readRow(ResultSet rows, WebhookId id, List<WebhookVersion> versions)
      throws SQLException {
    var company = new CompanyId(rows.getString(2));
    var settings = (ObjectNode) parse(id, rows.getString(3));
    var secrets = parse(id, box.open(owner(company, id), rows.getBytes(5)));
    var reader =
        new WebhookReader(
            kept(settings, secrets),
            Duration.ofMillis(rows.getLong(4)),
            () -> {
              throw new IllegalStateException("a stored webhook has its secrets");
            });
    return switch (reader.read(settings)) {
      case WebhookReader.Read.Settings(var read, _) ->
          new StoredWebhook(
              new Webhook(
                  id,
                  company,
                  read,
                  rows.getLong(6),
                  rows.getString(7),
                  disabledAt(rows),
                  Instant.ofEpochMilli(rows.getLong(9)),
                  Instant.ofEpochMilli(rows.getLong(10))),
              versions,
              ends(secrets));
      case WebhookReader.Read.Mistakes(var mistakes) -> {
        refuse(id, mistakes);
        throw new IllegalStateException("mistakes without one");
      }
    };
  }

  private static @Nullable Instant disabledAt(ResultSet rows) throws SQLException {
    long millis = rows.getLong(8);
    return rows.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static String settingsText(WebhookSettings settings) {
    var json = WebhookJson.write(settings);
    // Its own column: an installation's default may be shorter than what a webhook may ask for.
    json.remove("timeout_seconds");
    return json.toString();
  }

  private static String secretsText(StoredWebhook stored) {
    var request = stored.webhook().settings().request();
    var json = JsonNodeFactory.instance.objectNode();
    var headers = json.putObject("headers");
    request.headers().forEach(header -> headers.put(lower(header.name()), header.value()));
    if (request.basicAuth() != null) {
      json.put("password", request.basicAuth().password());
    }
    var signing = json.putArray("signing");
    for (var secret : stored.secrets()) {
      var entry = signing.addObject().put("secret", secret);
      var end = stored.secretEnds().get(secret);
      if (end != null) {
        entry.put("until", end.toEpochMilli());
      }
    }
    return json.toString();
  }

  private static KeptSecrets kept(JsonNode settings, JsonNode secrets) {
    var headers = new HashMap<String, String>();
    secrets
        .path("headers")
        .properties()
        .forEach(it -> headers.put(it.getKey(), it.getValue().asText()));
    var signing = new ArrayList<String>();
    secrets.path("signing").forEach(it -> signing.add(it.path("secret").asText()));
    return new KeptSecrets(
        java.net.URI.create(settings.path("target_url").asText()),
        headers,
        textOrNull(secrets.get("password")),
        signing);
  }

  private static Map<String, Instant> ends(JsonNode secrets) {
    var ends = new HashMap<String, Instant>();
    for (var entry : secrets.path("signing")) {
      if (entry.has("until")) {
        ends.put(entry.path("secret").asText(), Instant.ofEpochMilli(entry.path("until").asLong()));
      }
    }
    return ends;
  }

  private static @Nullable String textOrNull(@Nullable JsonNode node) {
    return node == null ? null : node.asText();
  }

  private static Trigger trigger(String word) {
    return Arrays.stream(Trigger.values())
        .filter(trigger -> trigger.word().equals(word))
        .findFirst()
        .orElseThrow();
  }

  private static String offsetsText(Map<Integer, Long> offsets) {
    return new TreeMap<>(offsets)
        .entrySet().stream()
            .map(entry -> entry.getKey() + ":" + entry.getValue())
            .collect(Collectors.joining(","));
  }

  private static Map<Integer, Long> offsets(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(pair -> pair.split(":", -1))
        .collect(Collectors.toMap(pair -> Integer.valueOf(pair[0]), pair -> Long.valueOf(pair[1])));
  }

  private static JsonNode parse(WebhookId id, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "webhook " + id + " is stored as something else than JSON", e);
    }
  }

  private static void refuse(WebhookId id, List<FieldMistake> mistakes) {
    if (!mistakes.isEmpty()) {
      throw new IllegalStateException("webhook " + id + " is stored with " + mistakes);
    }
  }

  private static Owner owner(CompanyId company, WebhookId id) {
    return new Owner(company.hex(), id, SECRETS);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
