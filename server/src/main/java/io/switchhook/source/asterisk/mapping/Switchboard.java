package io.switchhook.source.asterisk.mapping;

import io.switchhook.event.CallId;
import io.switchhook.source.asterisk.AsteriskSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What goes on in one Asterisk: its channels, the calls that they make up, its bridges. */
final class Switchboard {
  /**
   * Channels that are gone, remembered so that a snapshot that is late does not bring them back.
   */
  private static final int GONE_MAX = 10_000;

  /** Calls that are over, remembered for what is told late of them. */
  private static final int ENDED_MAX = 1_000;

  /** What Asterisk makes when it has no system name: seconds and a counter. */
  private static final Pattern WITH_SYSTEM_NAME = Pattern.compile(".+-\\d+\\.\\d+");

  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final Map<String, Channel> byName = new HashMap<>();
  private final Map<String, Call> byLinkedId = new HashMap<>();
  private final Set<Call> calls = new LinkedHashSet<>();
  private final Map<String, Set<Channel>> bridges = new HashMap<>();
  private final Set<String> gone = new LinkedHashSet<>();
  private final Map<String, Call> ended = new LinkedHashMap<>();

  /** The channel with this Uniqueid. */
  Optional<Channel> channel(String id) {
    return Optional.ofNullable(channels.get(id));
  }

  Collection<Channel> channels() {
    return List.copyOf(channels.values());
  }

  /** All calls, the oldest first. */
  Set<Call> calls() {
    return calls;
  }

  Optional<Call> call(String linkedId) {
    return Optional.ofNullable(byLinkedId.get(linkedId));
  }

  /** The call of this Linkedid, also when it has ended not long ago. */
  Optional<Call> callOrEnded(String linkedId) {
    return call(linkedId).or(() -> Optional.ofNullable(ended.get(linkedId)));
  }

  /** True when the channel is known to be over. */
  boolean isGone(String channelId) {
    return gone.contains(channelId);
  }

  /** A call of this Linkedid, which is new. */
  Call open(CallId id, String linkedId, Moment born) {
    var call = new Call(id, linkedId, born);
    calls.add(call);
    byLinkedId.put(linkedId, call);
    return call;
  }

  /** Another Linkedid means this call too. */
  void alias(String linkedId, Call call) {
    call.linkedIds.add(linkedId);
    byLinkedId.put(linkedId, call);
  }

  void add(Channel channel) {
    channels.put(channel.id, channel);
    byName.put(channel.name, channel);
    channel.call.live.put(channel.id, channel);
  }

  void rename(Channel channel, String name) {
    byName.remove(channel.name, channel);
    channel.name = name;
    byName.put(name, channel);
  }

  /** A channel is over. */
  void remove(Channel channel) {
    leave(channel);
    channels.remove(channel.id);
    byName.remove(channel.name, channel);
    channel.call.lose(channel);
    gone.add(channel.id);
    if (gone.size() > GONE_MAX) {
      gone.remove(gone.iterator().next());
    }
  }

  /** A call is over and nothing of it is left to be heard. */
  void forget(Call call) {
    calls.remove(call);
    for (var linkedId : call.linkedIds) {
      byLinkedId.remove(linkedId, call);
      ended.put(linkedId, call);
    }
    while (ended.size() > ENDED_MAX) {
      ended.remove(ended.keySet().iterator().next());
    }
  }

  /** All channels of one call are another's from now on. */
  void move(Call from, Call to) {
    for (var channel : List.copyOf(from.live.values())) {
      channel.call = to;
      to.live.put(channel.id, channel);
    }
    from.live.clear();
    calls.remove(from);
    for (var linkedId : from.linkedIds) {
      to.linkedIds.add(linkedId);
      byLinkedId.put(linkedId, to);
    }
  }

  /** The other half of a Local channel. */
  @Nullable Channel otherHalf(Channel local) {
    var name = local.name;
    if (name.endsWith(";1") || name.endsWith(";2")) {
      var other = name.endsWith(";1") ? "2" : "1";
      return byName.get(name.substring(0, name.length() - 1) + other);
    }
    return null;
  }

  void enter(Channel channel, String bridge) {
    leave(channel);
    channel.bridge = bridge;
    bridges.computeIfAbsent(bridge, _ -> new LinkedHashSet<>()).add(channel);
  }

  void leave(Channel channel) {
    var members = bridges.get(channel.bridge);
    if (members != null) {
      members.remove(channel);
      if (members.isEmpty()) {
        bridges.remove(channel.bridge);
      }
    }
    channel.bridge = "";
  }

  /** Who is in the bridge of this channel, with the channel itself. */
  List<Channel> inBridgeOf(Channel channel) {
    return channel.bridge.isEmpty()
        ? List.of()
        : new ArrayList<>(bridges.getOrDefault(channel.bridge, Set.of()));
  }

  /**
   * Who hears this channel: who is in its bridge, and in those that Local channels link with it.
   */
  List<Channel> talkingWith(Channel channel) {
    var found = new LinkedHashSet<Channel>();
    var next = new ArrayDeque<>(inBridgeOf(channel));
    while (!next.isEmpty()) {
      var one = next.remove();
      var other = found.add(one) && one.role == Channel.Role.LOCAL ? otherHalf(one) : null;
      if (other != null && found.add(other)) {
        next.addAll(inBridgeOf(other));
      }
    }
    return List.copyOf(found);
  }

  /**
   * The uid of a call: what Asterisk calls it at its birth. When that is not unique among servers,
   * because it has no system name and is none of ours, the source's name comes first.
   */
  static CallId callId(AsteriskSettings settings, String linkedId, boolean isOurs) {
    var uid =
        isOurs || WITH_SYSTEM_NAME.matcher(linkedId).matches()
            ? linkedId
            : settings.source() + "." + linkedId;
    var length = Math.min(uid.length(), CallId.UID_LENGTH_MAX);
    return new CallId(settings.company(), uid.substring(0, length));
  }
}
