package io.switchhook.delivery.engine;

import io.switchhook.delivery.Feed;
import io.switchhook.delivery.LaneKey;
import io.switchhook.event.CallId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls at hand: those with lanes that have something to do, and some quiet ones, the longest
 * unheard forgotten first.
 */
final class Calls {
  private static final int FORGET_AT_ONCE_MAX = 2;

  private final Map<Place, Call> calls = new LinkedHashMap<>(64, 0.75f, /* accessOrder= */ true);
  private final int idleMax;

  /** A call in a partition. */
  private record Place(int partition, CallId call) {}

  /** A call: its lanes, and whether all of its events since the first have passed by here. */
  static final class Call {
    final List<Lane> lanes = new ArrayList<>(2);
    int lastSequence;
    boolean heardFromTheFirst;

    /** Of its first event, when it is heard from there. */
    long firstOffset;

    @Nullable Lane find(Feed feed) {
      for (var lane : lanes) {
        if (lane.key.feed().equals(feed)) {
          return lane;
        }
      }
      return null;
    }
  }

  Calls(int idleMax) {
    this.idleMax = idleMax;
  }

  Call findOrAdd(int partition, CallId id) {
    var place = new Place(partition, id);
    var call = calls.get(place);
    if (call == null) {
      call = new Call();
      calls.put(place, call);
      forgetSome(call);
    }
    return call;
  }

  /** The call, when it is at hand. */
  @Nullable Call find(int partition, CallId id) {
    return calls.get(new Place(partition, id));
  }

  /** The lane with this key; null when it is not at hand. */
  @Nullable Lane lane(int partition, LaneKey key) {
    var call = calls.get(new Place(partition, key.call()));
    return call == null ? null : call.find(key.feed());
  }

  /** Events were passed unseen: what came before a call's next event is to be looked up anew. */
  void forgetThreads(Reader reader) {
    for (var call : calls.values()) {
      for (var lane : call.lanes) {
        if (lane.reader.book == reader.book && lane.gate == reader.gate && lane.isLive()) {
          lane.forgetThread();
        }
      }
    }
  }

  void remove(Lane lane) {
    lane.call.lanes.remove(lane);
  }

  private void forgetSome(Call newest) {
    for (int i = 0; i < FORGET_AT_ONCE_MAX && calls.size() > idleMax; i++) {
      var eldest = calls.entrySet().iterator().next();
      if (eldest.getValue() == newest) {
        return;
      }
      if (eldest.getValue().lanes.stream().allMatch(Lane::isIdle)) {
        calls.remove(eldest.getKey());
      } else {
        calls.get(eldest.getKey());
      }
    }
  }
}
