package io.switchhook.event;

/** A webhook's id, for example {@code wh_3f9a0c11d2e84b76}; unique in the installation. */
public record WebhookId(String value) implements Comparable<WebhookId> {
  @Override
  public int compareTo(WebhookId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
