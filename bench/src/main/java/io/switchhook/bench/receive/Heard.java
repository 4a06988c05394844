package io.switchhook.bench.receive;

/**
 * What one webhook request says; the same object is filled again and again. Fields that were absent
 * are -1, flags false.
 */
public final class Heard {
  int webhook;
  int traffic;
  long ordinal;
  int idHash;
  int sequence;
  int previous;
  int skipped;
  boolean replay;
  long firstByteNanos;

  /** Nothing yet. */
  Heard() {}

  /** The number of the webhook, from the path. */
  public int webhook() {
    return webhook;
  }

  /** The number of the traffic, from the call log's id; -1 when it has none of ours. */
  public int traffic() {
    return traffic;
  }

  /** The event's ordinal, from the call log's id. */
  public long ordinal() {
    return ordinal;
  }

  /** The hash of {@code webhook-id}. */
  public int idHash() {
    return idHash;
  }

  /** From {@code switchhook-sequence}. */
  public int sequence() {
    return sequence;
  }

  /** From {@code switchhook-previous}. */
  public int previous() {
    return previous;
  }

  /** From {@code switchhook-skipped}; 0 when absent. */
  public int skipped() {
    return Math.max(0, skipped);
  }

  /** Whether {@code switchhook-replay} is there. */
  public boolean isReplay() {
    return replay;
  }

  /** When the request's first byte was read, by {@link System#nanoTime}. */
  public long firstByteNanos() {
    return firstByteNanos;
  }
}
