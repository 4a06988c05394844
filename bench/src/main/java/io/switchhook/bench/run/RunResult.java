package io.switchhook.bench.run;

import io.switchhook.bench.ledger.Account;
import io.switchhook.bench.ledger.Latencies;
import io.switchhook.bench.ledger.Phases.Phase;
import io.switchhook.bench.ledger.Verdict;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to.
 *
 * @param name of the run
 * @param latencies from when an event was due to its first byte at a receiver
 * @param lateMicros how late the generator was
 * @param turnMicros what a request may have waited in a receiver
 * @param pace whether the server kept up; null where that is not asked
 */
public record RunResult(
    String name,
    Account account,
    Verdict verdict,
    Latencies latencies,
    List<Phase> phases,
    List<Figures> figures,
    Timeline timeline,
    ServerFacts server,
    Histogram lateMicros,
    Histogram turnMicros,
    @Nullable Pace pace) {
  public RunResult {
    phases = List.copyOf(phases);
    figures = List.copyOf(figures);
  }

  /**
   * What happened when, counted from the run's beginning.
   *
   * @param beganNanos its zero, by {@link System#nanoTime}
   * @param sent events in each second
   * @param accepted events in each second
   * @param told deliveries in each second
   * @param heap what was left of it after each collection, in all lives
   */
  public record Timeline(
      long beganNanos,
      List<Long> sent,
      List<Long> accepted,
      List<Long> told,
      List<Sample> samples,
      List<HeapPoint> heap) {
    public Timeline {
      sent = List.copyOf(sent);
      accepted = List.copyOf(accepted);
      told = List.copyOf(told);
      samples = List.copyOf(samples);
      heap = List.copyOf(heap);
    }

    /** What was in use: what was left after each full collection. */
    public List<HeapPoint> inUse() {
      return heap.stream().filter(HeapPoint::isFull).toList();
    }
  }

  /**
   * What was left of the heap after a collection.
   *
   * @param isFull nothing but what is in use was left
   */
  public record HeapPoint(double atSeconds, long bytes, double pauseMillis, boolean isFull) {}

  /**
   * The server as a whole.
   *
   * @param residentBytesMax over all its lives; 0 where that is not told
   * @param readyMillis from each start to the line that says that it is ready
   */
  public record ServerFacts(long residentBytesMax, List<Long> readyMillis, List<String> options) {
    public ServerFacts {
      readyMillis = List.copyOf(readyMillis);
      options = List.copyOf(options);
    }
  }

  /** The same with what was found of the server's pace. */
  public RunResult withPace(Pace found) {
    return new RunResult(
        name,
        account,
        verdict,
        latencies,
        phases,
        figures,
        timeline,
        server,
        lateMicros,
        turnMicros,
        found);
  }

  /** The figures of the phase with this name; of several such phases, the last. */
  public Figures figuresOf(String phase) {
    return figures.reversed().stream()
        .filter(it -> it.phase().equals(phase))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no phase " + phase));
  }
}
