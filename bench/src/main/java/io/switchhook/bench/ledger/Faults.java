package io.switchhook.bench.ledger;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was found wrong, counted, with a few examples. May be used from any thread. */
public final class Faults {
  private static final int EXAMPLES_MAX = 3;

  private final Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);
  private final Map<FaultKind, List<String>> examples = new EnumMap<>(FaultKind.class);

  /** One more, with what it was. */
  public synchronized void add(FaultKind kind, String example) {
    counts.merge(kind, 1L, Long::sum);
    var kept = examples.computeIfAbsent(kind, _ -> new ArrayList<>());
    if (kept.size() < EXAMPLES_MAX) {
      kept.add(example);
    }
  }

  /** Takes all of a kind back: it turned out that they prove nothing. */
  synchronized void forgive(FaultKind kind) {
    counts.remove(kind);
    examples.remove(kind);
  }

  /** How many of a kind there are. */
  public synchronized long count(FaultKind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** Each kind that was found, in words, with its examples. */
  public synchronized List<String> sentences() {
    return counts.entrySet().stream()
        .map(
            found ->
                "%,d %s (%s)"
                    .formatted(
                        found.getValue(),
                        found.getKey().words(),
                        String.join("; ", examples.getOrDefault(found.getKey(), List.of()))))
        .toList();
  }
}
