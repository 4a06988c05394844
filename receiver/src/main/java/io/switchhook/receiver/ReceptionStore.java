package io.switchhook.receiver;

import java.util.OptionalInt;

/**
 * What a receiver remembers, one store for each webhook. {@link #inMemory} forgets when the process
 * ends; a table with the id as its primary key does not. Repeats come for up to 96 hours, so
 * remember for as long. Called from any thread.
 */
public interface ReceptionStore {
  /** What was known of an id that was claimed. */
  enum Claim {
    /** It is new, or was released: it is the caller's now. */
    NEW,
    /** Somebody is working on it. */
    IN_WORK,
    /** It was worked on. */
    DONE
  }

  /**
   * Claims an id, at once and for one caller alone. A store that outlives the process treats a
   * claim that is older than the longest work as {@link Claim#NEW}: whoever had it has died.
   */
  Claim claim(String id);

  /** The work on a claimed id is done: whoever brings it again is told {@link Claim#DONE}. */
  void done(String id);

  /** The work on a claimed id has failed: the next attempt gets it. */
  void release(String id);

  /**
   * Remembers that this event of the call came, unless a later one did, and says which was the last
   * before it; empty when none was.
   */
  OptionalInt came(String uid, int sequence);

  /** Keeps the last 10,000 ids and calls in memory. */
  static ReceptionStore inMemory() {
    return new MemoryReceptionStore(MemoryReceptionStore.ENTRIES_DEFAULT);
  }

  /** Keeps so many ids, and so many calls, in memory. */
  static ReceptionStore inMemory(int entriesMax) {
    return new MemoryReceptionStore(entriesMax);
  }

  /** Remembers nothing: every repeat counts as new. */
  static ReceptionStore forgetful() {
    return new ForgetfulStore();
  }
}
