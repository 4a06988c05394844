package io.switchhook.bench.ledger;

import io.switchhook.bench.load.Traffic;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** What became of each event of one traffic, at each webhook that wants it. */
final class Book {
  /** A request with it came. */
  static final int SEEN = 1;

  /** It was answered 200. */
  static final int TOLD = 2;

  /** A later event of its call came while it was not told. */
  static final int PASSED = 4;

  /** The server has recorded that it was given up. */
  static final int GIVEN_UP = 8;

  /** The server says that it is still to be told. */
  static final int OPEN = 16;

  /** It was told by the replay that runs, or ran last. */
  static final int REPLAYED = 32;

  static final int UNSENT = 0;
  static final int SENT = 1;
  static final int ACCEPTED = 2;
  static final int REFUSED = 3;

  private static final int ID_CHUNK_BITS = 20;

  private final Traffic traffic;
  private final long beganNanos;
  private final ByteBoard deliveries;
  private final ByteBoard requests;
  private final AtomicIntegerArray[] ids;
  private volatile long refused;

  Book(Traffic traffic, long beganNanos) {
    this.traffic = traffic;
    this.beganNanos = beganNanos;
    this.deliveries = new ByteBoard(traffic.count() * traffic.layout().fanOut());
    this.requests = new ByteBoard(traffic.requests());
    var chunk = 1 << ID_CHUNK_BITS;
    this.ids = new AtomicIntegerArray[(int) ((traffic.count() + chunk - 1) >> ID_CHUNK_BITS)];
    for (var i = 0; i < ids.length; i++) {
      ids[i] = new AtomicIntegerArray(chunk);
    }
  }

  Traffic traffic() {
    return traffic;
  }

  long dueNanos(long ordinal) {
    return beganNanos + traffic.dueNanos(traffic.requestOf(ordinal));
  }

  int state(long ordinal, int place) {
    return deliveries.get(index(ordinal, place));
  }

  boolean has(long ordinal, int place, int mark) {
    return (state(ordinal, place) & mark) != 0;
  }

  void mark(long ordinal, int place, int mark) {
    var index = index(ordinal, place);
    deliveries.set(index, deliveries.get(index) | mark);
  }

  private long index(long ordinal, int place) {
    return ordinal * traffic.layout().fanOut() + place;
  }

  /** A new replay begins. Only while none runs. */
  void clearReplayed() {
    for (var i = 0L; i < traffic.count() * traffic.layout().fanOut(); i++) {
      deliveries.set(i, deliveries.get(i) & ~REPLAYED);
    }
  }

  int request(long request) {
    return requests.get(request);
  }

  void request(long request, int state) {
    requests.set(request, state);
  }

  boolean isAccepted(long ordinal) {
    return request(traffic.requestOf(ordinal)) == ACCEPTED;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the generator's thread writes
  void addRefused(long count) {
    refused += count;
  }

  boolean hasRefused() {
    return refused > 0;
  }

  /** Keeps the hash of an event's id if it is the first; true when it is as before. */
  boolean isId(long ordinal, int hash) {
    var chunk = ids[(int) (ordinal >> ID_CHUNK_BITS)];
    var at = (int) ordinal & (1 << ID_CHUNK_BITS) - 1;
    var known = chunk.get(at);
    if (known != 0) {
      return known == hash;
    }
    return chunk.compareAndSet(at, 0, hash) || chunk.get(at) == hash;
  }

  /** True when an event's id is known and has this hash. */
  boolean hasId(long ordinal, int hash) {
    return ids[(int) (ordinal >> ID_CHUNK_BITS)].get((int) ordinal & (1 << ID_CHUNK_BITS) - 1)
        == hash;
  }
}
