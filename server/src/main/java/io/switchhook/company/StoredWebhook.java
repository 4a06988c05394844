package io.switchhook.company;

import io.switchhook.routing.WebhookCatalog;
import io.switchhook.routing.WebhookVersion;
import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.RequestShape.Signing;
import io.switchhook.webhook.Webhook;
import io.switchhook.webhook.WebhookSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it is kept.
 *
 * @param versions oldest first; never empty
 * @param secretEnds until when those signing secrets are used that were rotated out, by secret
 */
record StoredWebhook(
    Webhook webhook, List<WebhookVersion> versions, Map<String, Instant> secretEnds) {
  StoredWebhook {
    versions = List.copyOf(versions);
    secretEnds = Map.copyOf(secretEnds);
  }

  WebhookCatalog.Entry entry() {
    return new WebhookCatalog.Entry(webhook, versions);
  }

  /** True when these settings route events as the ones now do. */
  boolean isRoutedAsBy(WebhookSettings settings) {
    var now = webhook.settings();
    return now.trigger() == settings.trigger() && now.conditions().equals(settings.conditions());
  }

  /** With other settings or another state, one revision on. */
  StoredWebhook changed(
      WebhookSettings settings, @Nullable String disabledReason, Instant changedAt) {
    var next =
        new Webhook(
            webhook.id(),
            webhook.company(),
            settings,
            webhook.revision() + 1,
            disabledReason,
            disabledAt(disabledReason, changedAt),
            webhook.createdAt(),
            changedAt);
    var ends = new HashMap<>(secretEnds);
    ends.keySet().retainAll(secretsOf(settings));
    return new StoredWebhook(next, versions, ends);
  }

  private @Nullable Instant disabledAt(@Nullable String disabledReason, Instant changedAt) {
    if (disabledReason == null) {
      return null;
    }
    return webhook.disabledAt() == null ? changedAt : webhook.disabledAt();
  }

  /** With a version that holds from these offsets on. */
  StoredWebhook routedFrom(Map<Integer, Long> firstOffsets) {
    var settings = webhook.settings();
    var version =
        new WebhookVersion(
            settings.trigger(), settings.conditions(), webhook.isEnabled(), firstOffsets);
    var all = new ArrayList<>(versions);
    // A version that never met an event is replaced.
    if (!all.isEmpty() && all.getLast().firstOffsets().equals(version.firstOffsets())) {
      all.removeLast();
    }
    all.add(version);
    return new StoredWebhook(webhook, all, secretEnds);
  }

  /**
   * Without the versions that decided only about events that are not kept any more.
   *
   * @param oldest the oldest offset that is kept, by partition
   */
  StoredWebhook keptFrom(IntToLongFunction oldest) {
    var kept = versions;
    while (kept.size() > 1 && kept.get(1).holdsFrom(oldest)) {
      kept = kept.subList(1, kept.size());
    }
    return new StoredWebhook(webhook, kept, secretEnds);
  }

  /** With these signing secrets, of which some end. */
  StoredWebhook signedBy(List<String> secrets, Map<String, Instant> ends, Instant changedAt) {
    var settings = withSecrets(webhook.settings(), secrets);
    var changed = changed(settings, webhook.disabledReason(), changedAt);
    return new StoredWebhook(changed.webhook(), versions, ends);
  }

  /** With a new signing secret; the ones before end a while later. */
  StoredWebhook rotated(String secret, Instant now) {
    var secrets = new ArrayList<String>();
    secrets.add(secret);
    secretsAt(now).stream().limit(Webhooks.SECRETS_MAX - 1).forEach(secrets::add);
    var ends = new HashMap<String, Instant>();
    for (var older : secrets.subList(1, secrets.size())) {
      ends.put(older, secretEnds.getOrDefault(older, now.plus(Webhooks.OLD_SECRET_KEPT)));
    }
    return signedBy(secrets, ends, now);
  }

  /** Without the signing secrets whose time is over. */
  StoredWebhook withoutOldSecrets(Instant now) {
    var secrets = secretsAt(now);
    var ends = new HashMap<>(secretEnds);
    ends.keySet().retainAll(secrets);
    return signedBy(secrets, ends, now);
  }

  /** The signing secrets that are in use, the newest first. */
  List<String> secrets() {
    return secretsOf(webhook.settings());
  }

  /** The signing secrets that are still in use at this time. */
  List<String> secretsAt(Instant now) {
    return secrets().stream()
        .filter(secret -> !secretEnds.containsKey(secret) || secretEnds.get(secret).isAfter(now))
        .toList();
  }

  private static List<String> secretsOf(WebhookSettings settings) {
    var signing = settings.request().signing();
    return signing == null ? List.of() : signing.secrets();
  }

  private static WebhookSettings withSecrets(WebhookSettings settings, List<String> secrets) {
    var old = settings.request();
    var request =
        new RequestShape(
            old.targetUrl(),
            old.method(),
            old.body(),
            old.queryParameters(),
            old.headers(),
            old.basicAuth(),
            new Signing(secrets),
            old.timeout());
    return new WebhookSettings(
        settings.name(),
        settings.trigger(),
        settings.conditions(),
        request,
        settings.timeToLive(),
        settings.superseded());
  }

  @Override
  public String toString() {
    return "StoredWebhook " + webhook.id();
  }
}
