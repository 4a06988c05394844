package io.switchhook.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.demo.RecordedCall.Step;
import io.switchhook.demo.Retelling.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Says which log of which call is due when: a new call each second, each in its own rhythm, all of
 * it so many times as fast.
 */
final class Calls {
  private static final Duration BETWEEN_CALLS = Duration.ofSeconds(1);

  private final List<RecordedCall> recordings;
  private final Retelling retelling;
  private final Wanted wanted;
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
  private Instant nextCallAt;
  private int calls;
  private long order;

  /** A log that is due. */
  record Due(
      Instant at, long order, Call call, ObjectNode recorded, boolean isFirst, boolean isLast) {}

  /** How many calls, and how many times as fast as they were. */
  record Wanted(long callsMax, int speed) {
    Duration atSpeed(Duration recorded) {
      return recorded.dividedBy(speed);
    }
  }

  Calls(List<RecordedCall> recordings, Retelling retelling, Wanted wanted, Instant start) {
    this.recordings = List.copyOf(recordings);
    this.retelling = retelling;
    this.wanted = wanted;
    this.nextCallAt = start;
  }

  /** When something is due next; empty when all calls are told. */
  Optional<Instant> nextAt() {
    var log = due.peek();
    var isCallNext = calls < wanted.callsMax && (log == null || !nextCallAt.isAfter(log.at()));
    return isCallNext ? Optional.of(nextCallAt) : Optional.ofNullable(log).map(Due::at);
  }

  /** The next log that is due by {@code now}; empty when none is. */
  Optional<Due> poll(Instant now) {
    while (calls < wanted.callsMax && !nextCallAt.isAfter(now)) {
      begin(nextCallAt);
      nextCallAt = nextCallAt.plus(wanted.atSpeed(BETWEEN_CALLS));
    }
    var log = due.peek();
    return log == null || log.at().isAfter(now)
        ? Optional.empty()
        : Optional.ofNullable(due.poll());
  }

  private void begin(Instant at) {
    var recording = recordings.get(calls % recordings.size());
    var call = retelling.call(++calls, at);
    var steps = recording.steps();
    for (var i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      due.add(
          new Due(
              at.plus(wanted.atSpeed(step.after())),
              order++,
              call,
              step.log(),
              i == 0,
              i == steps.size() - 1));
    }
  }
}
