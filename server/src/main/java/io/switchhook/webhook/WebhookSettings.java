package io.switchhook.webhook;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a company says of a webhook.
 *
 * @param name words for people
 * @param conditions all must hold
 * @param timeToLive how long a delivery may wait, from its acceptance; null: the installation's
 *     default for the kind
 * @param superseded what becomes of a waiting in-call event when a later one of its call waits
 *     behind it
 */
public record WebhookSettings(
    String name,
    Trigger trigger,
    List<Condition> conditions,
    RequestShape request,
    @Nullable Duration timeToLive,
    Superseded superseded) {

  public WebhookSettings {
    conditions = List.copyOf(conditions);
  }

  /** What becomes of an event that a later one of its call makes stale. */
  public enum Superseded {
    TELL,
    DROP
  }
}
