package io.switchhook.webhook;

import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it is now.
 *
 * @param revision goes up by one with every change; the ETag
 * @param disabledReason words for people; null exactly while it is enabled
 * @param disabledAt since when it is disabled; null exactly while it is enabled
 */
public record Webhook(
    WebhookId id,
    CompanyId company,
    WebhookSettings settings,
    long revision,
    @Nullable String disabledReason,
    @Nullable Instant disabledAt,
    Instant createdAt,
    Instant changedAt) {

  /** A webhook that, when it is disabled, is so by its last change. */
  public Webhook(
      WebhookId id,
      CompanyId company,
      WebhookSettings settings,
      long revision,
      @Nullable String disabledReason,
      Instant createdAt,
      Instant changedAt) {
    this(
        id,
        company,
        settings,
        revision,
        disabledReason,
        disabledReason == null ? null : changedAt,
        createdAt,
        changedAt);
  }

  /** True while its events are told. */
  public boolean isEnabled() {
    return disabledReason == null;
  }
}
