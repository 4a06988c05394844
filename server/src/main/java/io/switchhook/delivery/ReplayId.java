package io.switchhook.delivery;

/** Names a replay, as the API shows it. */
public record ReplayId(String value) implements Comparable<ReplayId> {
  @Override
  public int compareTo(ReplayId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
