package io.switchhook.console.now;

import io.switchhook.event.Kind;
import io.switchhook.history.CallSummary;
import io.switchhook.history.Change;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.ListedCall;
import io.switchhook.live.Happening;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls in progress and the latest deliveries of one company, as one viewer sees them, and what
 * of it changed since they were last told. Not safe for threads.
 */
final class NowBoard {
  /** More calls are counted but not shown. */
  static final int CALLS_MAX = 100;

  /** So many deliveries are shown. */
  static final int DELIVERIES_MAX = 12;

  private static final int TRACKED_MAX = 5_000;

  private final Map<String, ListedCall> calls = new LinkedHashMap<>();
  private final Set<String> shown = new LinkedHashSet<>();
  private final Set<String> touched = new LinkedHashSet<>();
  private final Deque<Numbered> deliveries = new ArrayDeque<>();
  private final List<Numbered> fresh = new ArrayList<>();
  private final List<Long> dropped = new ArrayList<>();
  private long number;

  /** A delivery with a number of its own. */
  record Numbered(long number, Happening.OfDelivery delivery) {}

  /** What changed: calls by their uid. */
  record Changes(
      Map<String, ListedCall> added,
      Map<String, ListedCall> changed,
      List<String> removed,
      List<Numbered> delivered,
      List<Long> dropped) {}

  /** A call that was in progress before anything was heard. */
  void add(CallSummary call) {
    calls.put(
        call.call().uid(),
        new ListedCall(call.startedAt(), call.lastAt(), -1, call.events(), call.facts()));
  }

  void hear(Happening happening) {
    switch (happening) {
      case Happening.OfCall call -> hear(call);
      case Happening.OfDelivery delivery -> hear(delivery);
    }
  }

  private void hear(Happening.OfCall call) {
    if (call.event().kind() != Kind.IN_CALL) {
      return;
    }
    var uid = call.event().call().uid();
    var heard = new Change.Heard(call.event(), call.facts());
    var before = calls.get(uid);
    var state = before == null ? ListedCall.of(heard) : before.after(heard);
    if (!isInProgress(state.facts().state())) {
      calls.remove(uid);
    } else if (before != null || calls.size() < TRACKED_MAX) {
      calls.put(uid, state);
    }
    touched.add(uid);
  }

  private void hear(Happening.OfDelivery delivery) {
    if (delivery.outcome() == DeliveryOutcome.PENDING) {
      return;
    }
    var numbered = new Numbered(++number, delivery);
    deliveries.addFirst(numbered);
    fresh.add(numbered);
    if (deliveries.size() > DELIVERIES_MAX) {
      var last = deliveries.removeLast();
      if (!fresh.remove(last)) {
        dropped.add(last.number());
      }
    }
  }

  /** True for the states in which a call goes on. */
  static boolean isInProgress(@Nullable Integer state) {
    return state != null && (state == 1 || state == 3 || state == 5 || state == 6);
  }

  /** How many calls are in progress, shown or not. */
  int callCount() {
    return calls.size();
  }

  /** What changed since this was asked last. */
  Changes changes() {
    var added = new LinkedHashMap<String, ListedCall>();
    var changed = new LinkedHashMap<String, ListedCall>();
    var removed = new ArrayList<String>();
    for (var uid : touched) {
      var call = calls.get(uid);
      if (call == null) {
        if (shown.remove(uid)) {
          removed.add(uid);
        }
      } else if (shown.contains(uid)) {
        changed.put(uid, call);
      }
    }
    for (var call : calls.entrySet()) {
      if (shown.size() >= CALLS_MAX) {
        break;
      }
      if (shown.add(call.getKey())) {
        added.put(call.getKey(), call.getValue());
      }
    }
    var changes = new Changes(added, changed, removed, List.copyOf(fresh), List.copyOf(dropped));
    touched.clear();
    fresh.clear();
    dropped.clear();
    return changes;
  }
}
