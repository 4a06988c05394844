package io.switchhook.bench.load;

/** Hears what the server answered. Called by the generator's thread alone. */
public interface Answers {
  /** A request was handed to its connection. */
  void sent(Traffic traffic, long request);

  /** A request was answered 202, with its events in their order. */
  void accepted(Traffic traffic, long request);

  /** One event of a request that was answered 202. */
  void accepted(Traffic traffic, long ordinal, Entry entry);

  /** A request was answered with something else, and is not sent again. */
  void refused(Traffic traffic, long request, int status);

  /** What the server said of one event; the same object each time. */
  final class Entry {
    private int idHash;
    private int sequence;
    private boolean duplicate;

    /** Nothing yet. */
    Entry() {}

    void set(int newIdHash, int newSequence, boolean isDuplicate) {
      idHash = newIdHash;
      sequence = newSequence;
      duplicate = isDuplicate;
    }

    /** The hash of the event's id, by {@link Token#hash}. */
    public int idHash() {
      return idHash;
    }

    /** The event's number within its call. */
    public int sequence() {
      return sequence;
    }

    /** True when it had been taken before. */
    public boolean isDuplicate() {
      return duplicate;
    }
  }
}
