package io.switchhook.receiver;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

/** Remembers in memory; beyond its bound the oldest is forgotten first. */
final class MemoryReceptionStore implements ReceptionStore {
  static final int ENTRIES_DEFAULT = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Claim> claims;
  private final Map<String, Integer> sequences;

  MemoryReceptionStore(int entriesMax) {
    if (entriesMax < 1) {
      throw new IllegalArgumentException("at least one entry is remembered, not " + entriesMax);
    }
    this.claims = bounded(entriesMax);
    this.sequences = bounded(entriesMax);
  }

  @Override
  public Claim claim(String id) {
    lock.lock();
    try {
      var before = claims.putIfAbsent(id, Claim.IN_WORK);
      return before == null ? Claim.NEW : before;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void done(String id) {
    lock.lock();
    try {
      claims.put(id, Claim.DONE);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void release(String id) {
    lock.lock();
    try {
      claims.remove(id, Claim.IN_WORK);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public OptionalInt came(String uid, int sequence) {
    lock.lock();
    try {
      var last = sequences.get(uid);
      // Taken out first, so that a call that goes on is not the oldest.
      sequences.remove(uid);
      sequences.put(uid, last == null ? sequence : Math.max(last, sequence));
      return last == null ? OptionalInt.empty() : OptionalInt.of(last);
    } finally {
      lock.unlock();
    }
  }

  private static <V> Map<String, V> bounded(int entriesMax) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > entriesMax;
      }
    };
  }
}
