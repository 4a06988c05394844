package io.switchhook.journal;

import io.switchhook.event.Identity;

/**
 * What is remembered of a call within the dedupe window: where it is, its last sequence, and the
 * offset of each identity. For one thread.
 */
public final class CallTrail {
  /** Told by {@link #offsetOf} for an identity that was not seen. */
  public static final long UNKNOWN = -1;

  private static final int SLOTS_MIN = 8;

  private final int partition;
  private int sequence;
  private long lastAcceptedMillis;
  // A hash table with open addressing, in three arrays: a call has about ten records, and many
  // calls are remembered.
  private long[] high = new long[SLOTS_MIN];
  private long[] low = new long[SLOTS_MIN];
  private long[] offsetPlusOne = new long[SLOTS_MIN];
  private int size;

  /**
   * The trail of a call without records, which from this time on (milliseconds of engine time) is
   * in this partition.
   */
  public CallTrail(int partition, long sinceMillis) {
    this.partition = partition;
    this.lastAcceptedMillis = sinceMillis;
  }

  /** Remembers a record of the call; records may come in any order. */
  public void add(Identity identity, long offset, int recordSequence, long acceptedMillis) {
    if (4 * (size + 1) > 3 * offsetPlusOne.length) {
      grow();
    }
    insert(identity.high(), identity.low(), offset + 1);
    size++;
    sequence = Math.max(sequence, recordSequence);
    lastAcceptedMillis = Math.max(lastAcceptedMillis, acceptedMillis);
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    long[] oldOffsets = offsetPlusOne;
    high = new long[2 * oldHigh.length];
    low = new long[2 * oldHigh.length];
    offsetPlusOne = new long[2 * oldHigh.length];
    for (int i = 0; i < oldOffsets.length; i++) {
      if (oldOffsets[i] != 0) {
        insert(oldHigh[i], oldLow[i], oldOffsets[i]);
      }
    }
  }

  private void insert(long identityHigh, long identityLow, long stored) {
    int slot = slotOf(identityHigh, identityLow);
    high[slot] = identityHigh;
    low[slot] = identityLow;
    offsetPlusOne[slot] = stored;
  }

  /**
   * The slot that holds the identity, or the free one where it belongs. A quarter of the slots is
   * free, so there is one.
   */
  private int slotOf(long identityHigh, long identityLow) {
    int mask = offsetPlusOne.length - 1;
    int slot = Long.hashCode(identityHigh ^ identityLow) & mask;
    while (offsetPlusOne[slot] != 0 && (high[slot] != identityHigh || low[slot] != identityLow)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** The offset of the record with this identity, or {@link #UNKNOWN}. */
  public long offsetOf(Identity identity) {
    return offsetPlusOne[slotOf(identity.high(), identity.low())] - 1;
  }

  /** The partition that the call is in. */
  public int partition() {
    return partition;
  }

  /** The sequence of the call's last event; 0 when it has none. */
  public int sequence() {
    return sequence;
  }

  /** When the call's last record was accepted, in milliseconds of engine time. */
  public long lastAcceptedMillis() {
    return lastAcceptedMillis;
  }

  /** How many slots the trail takes in memory. */
  int slots() {
    return offsetPlusOne.length;
  }
}
