package io.switchhook.history;

import org.jspecify.annotations.Nullable;

/**
 * How a webhook stands.
 *
 * @param backlog how many of its deliveries are pending or being retried
 * @param lastFailure null when it had none that is still kept
 */
public record WebhookHealth(long backlog, @Nullable LastFailure lastFailure) {
  /** A webhook that nothing is known of: nothing waits and nothing failed. */
  public static final WebhookHealth NONE = new WebhookHealth(0, null);

  /** With so many more (or fewer) deliveries waiting, and this failure when it is the later one. */
  public WebhookHealth moved(long waiting, @Nullable LastFailure failure) {
    return new WebhookHealth(backlog + waiting, LastFailure.later(lastFailure, failure));
  }
}
