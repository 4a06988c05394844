package io.switchhook.demo;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Keeps account of what was handed in and what arrived, outside the server: what is missing, what
 * came twice, what came out of order. May be used from any thread.
 */
final class Ledger {
  private static final long MICROS_MAX = 3_600_000_000L;

  /** Of older calls nothing more comes. */
  private static final int LANES_MAX = 10_000;

  /** One delivery that is expected: which event of which call, at which webhook. */
  record Expected(String webhook, String uid, String logId) {}

  /** What arrived. */
  record Arrival(String webhook, String uid, String logId, int sequence) {}

  private record Lane(String webhook, String uid) {}

  // All guarded by this.
  private final Map<Expected, Long> waiting = new HashMap<>();
  private final Map<Lane, BitSet> lanes =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Lane, BitSet> eldest) {
          return size() > LANES_MAX;
        }
      };
  private final Histogram micros = new Histogram(MICROS_MAX, 3);
  private long calls;
  private long events;
  private long deliveries;
  private long repeats;
  private long unexpected;
  private long outOfOrder;

  /** How things stand. */
  record Summary(
      long calls,
      long events,
      long deliveries,
      long missing,
      long repeats,
      long unexpected,
      long outOfOrder,
      double medianMillis,
      double p99Millis) {
    /** True when everything arrived, once and in order. */
    boolean isPerfect() {
      return missing == 0 && repeats == 0 && unexpected == 0 && outOfOrder == 0 && deliveries > 0;
    }
  }

  synchronized void callBegins() {
    calls++;
  }

  /** An event is handed in now; {@code nanos} is the time of a monotonic clock. */
  synchronized void handedIn(Expected expected, long nanos) {
    events++;
    waiting.put(expected, nanos);
  }

  /** A delivery arrived; how many milliseconds after its event was handed in. */
  synchronized double arrived(Arrival arrival, long nanos) {
    deliveries++;
    var told = lanes.computeIfAbsent(new Lane(arrival.webhook(), arrival.uid()), _ -> new BitSet());
    if (told.get(arrival.sequence())) {
      repeats++;
      return 0;
    }
    if (told.length() > arrival.sequence()) {
      outOfOrder++;
    }
    told.set(arrival.sequence());
    var since = waiting.remove(new Expected(arrival.webhook(), arrival.uid(), arrival.logId()));
    if (since == null) {
      unexpected++;
      return 0;
    }
    var took = Math.clamp((nanos - since) / 1_000, 0, MICROS_MAX);
    micros.recordValue(took);
    return took / 1_000.0;
  }

  /** True when nothing is waited for. */
  synchronized boolean isComplete() {
    return waiting.isEmpty();
  }

  synchronized Summary summary() {
    return new Summary(
        calls,
        events,
        deliveries,
        waiting.size(),
        repeats,
        unexpected,
        outOfOrder,
        micros.getValueAtPercentile(50) / 1_000.0,
        micros.getValueAtPercentile(99) / 1_000.0);
  }
}
