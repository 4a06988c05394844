package io.switchhook.company;

import io.switchhook.event.WebhookId;
import org.jspecify.annotations.Nullable;

/** A webhook's secrets do not open with the installation's secret key. */
public final class UnreadableSecretException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableSecretException(WebhookId webhook, @Nullable Throwable cause) {
    super(
        "the secrets of webhook "
            + webhook
            + " do not open: the key (secret.key in the data folder, or SWITCHHOOK_SECRET_KEY) is"
            + " not the one that they were stored with",
        cause);
  }
}
