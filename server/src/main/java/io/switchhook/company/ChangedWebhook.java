package io.switchhook.company;

import io.switchhook.webhook.Webhook;
import org.jspecify.annotations.Nullable;

/**
 * A webhook after a change.
 *
 * @param newSecret the signing secret in clear when this change made one: the only time it is
 *     shown; else null
 */
public record ChangedWebhook(Webhook webhook, @Nullable String newSecret) {
  @Override
  public String toString() {
    return "ChangedWebhook " + webhook.id();
  }
}
