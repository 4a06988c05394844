package io.switchhook.company;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.webhook.Webhook;
import io.switchhook.webhook.WebhookSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What somebody writes down of a webhook before it is kept.
 *
 * @param settings null when something is wrong; a signing secret that is yet to be made is one that
 *     is known to everybody
 * @param mistakes all that is wrong
 */
public record WebhookDraft(
    @Nullable WebhookSettings settings, List<FieldMistake> mistakes, TargetPolicy policy) {
  /** Stands where a secret is made when the webhook is kept: 32 bytes of zero. */
  private static final String NO_SECRET = SigningSecrets.PREFIX + "A".repeat(43) + "=";

  public WebhookDraft {
    mistakes = List.copyOf(mistakes);
  }

  static WebhookDraft read(@Nullable Webhook old, JsonNode json, Webhooks.Setup setup) {
    var kept = old == null ? KeptSecrets.NONE : KeptSecrets.of(old.settings().request());
    var reader = new WebhookReader(kept, setup.defaultTimeout(), () -> NO_SECRET);
    return switch (reader.read(json)) {
      case WebhookReader.Read.Settings(var settings, _) ->
          new WebhookDraft(settings, List.of(), setup.policy());
      case WebhookReader.Read.Mistakes(var mistakes) ->
          new WebhookDraft(null, mistakes, setup.policy());
    };
  }

  /** Why a webhook may not point there; empty when it may. */
  public CompletionStage<Optional<String>> objectionTo(URI target) {
    return policy.objectionTo(target);
  }
}
