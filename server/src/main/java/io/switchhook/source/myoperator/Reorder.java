package io.switchhook.source.myoperator;

import io.switchhook.source.myoperator.Place.Phase;
import io.switchhook.source.myoperator.Place.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/*
 * The events of one call that came and were not told yet, put into their order.
 *
 * 1. An event goes at once when it is clear that nothing belongs in front of it: it begins the call;
 *    or the vendor's number of it follows the last one; or, where numbers do not help, what usually
 *    comes before it was there.
 * 2. Otherwise it waits for what may be missing, but never longer than the wait; then it goes, and
 *    with it all that belong in front of it.
 * 3. The vendor numbers the events of a call, but its own example numbers a call's summary 1. So a
 *    number tells the order among those of one phase only, and a beginning is a beginning.
 */
/** Puts the events of one call into their order. Takes time as a parameter; for one thread. */
final class Reorder {
  private final long waitMillis;
  private final List<Waiting> waiting = new ArrayList<>();

  /**
   * An event that waits.
   *
   * @param id its place in what is kept: tells those apart that are the same otherwise
   */
  record Waiting(long id, VendorEvent event, long arrivedMillis) {}

  private static final Comparator<Waiting> ORDER =
      Comparator.comparing((Waiting each) -> each.event().place()).thenComparingLong(Waiting::id);

  Reorder(Duration wait) {
    this.waitMillis = wait.toMillis();
  }

  /** Takes an event. */
  void offer(Waiting event) {
    waiting.add(event);
    waiting.sort(ORDER);
  }

  /** The next event that may go now, which is taken out; null while all must wait. */
  @Nullable Waiting next(CallMemory memory, long nowMillis) {
    if (waiting.isEmpty()) {
      return null;
    }
    var first = waiting.getFirst();
    var isDue = waiting.stream().anyMatch(each -> each.arrivedMillis() + waitMillis <= nowMillis);
    return isDue || isNext(memory, first.event().place()) ? waiting.removeFirst() : null;
  }

  /** When the next event goes at the latest; empty when none waits. */
  OptionalLong dueMillis() {
    return waiting.stream().mapToLong(each -> each.arrivedMillis() + waitMillis).min();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  private static boolean isNext(CallMemory memory, Place place) {
    var last = memory.lastSequence();
    var follows = last > 0 && place.sequence() == last + 1;
    var leavesGap = place.sequence() > last + 1;
    return switch (place.phase()) {
      case BEGINNING -> true;
      case MIDDLE -> follows || (!leavesGap && isUsual(memory, place.step()));
      case END -> follows;
      case RECORD -> follows || memory.has(Phase.END);
      case TAGGED -> memory.has(Phase.RECORD);
    };
  }

  /** Whether what usually comes before a step was there. */
  private static boolean isUsual(CallMemory memory, Step step) {
    return switch (step) {
      case RINGING, OTHER -> memory.has(Phase.BEGINNING);
      case ANSWERED -> memory.has(Step.RINGING);
    };
  }
}
