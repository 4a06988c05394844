package io.switchhook.source.asterisk.mapping;

import io.switchhook.calllog.CallStatus;
import io.switchhook.calllog.CallType;
import io.switchhook.event.CallId;
import io.switchhook.source.CallNote;
import io.switchhook.source.asterisk.AsteriskUser;
import io.switchhook.source.asterisk.OriginateRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The channels that Asterisk counts as one call, and what was told of it; changes while it is. */
final class Call {
  /** How it came about. */
  enum Origin {
    CAME_IN,
    DIALLED_BY_USER,
    ORIGINATED,
    UNKNOWN
  }

  /** Legs that are kept when they are over: a call that hunts on and on has a limit. */
  private static final int GONE_MAX = 100;

  final CallId id;
  final Instant bornAt;
  final Instant heardAt;
  final Set<String> linkedIds = new LinkedHashSet<>();
  final Map<String, Channel> live = new LinkedHashMap<>();
  final List<Channel> gone = new ArrayList<>();

  Origin origin = Origin.UNKNOWN;

  /** What it is told as; null while that is open, and for what is not told. */
  @Nullable CallType type;

  boolean isInternal;
  @Nullable OriginateRequest request;

  /** Whoever is called first when a call is originated. */
  @Nullable Channel firstParty;

  /** The user of a click to call. */
  @Nullable AsteriskUser caller;

  boolean customerAnswered;
  boolean isConnected;
  boolean isVoicemail;
  boolean isFinal;
  boolean isEnded;
  @Nullable Instant toldAt;
  @Nullable String clidRaw;
  @Nullable String clid;
  String rdnis = "unknown";
  @Nullable String referenceId;
  @Nullable String clientRefId;
  @Nullable String publicIvrId;
  String recording = "";
  String department = "";

  /** Users that ring and are told together, with the time of the first. */
  final Map<Channel, Moment> ringing = new LinkedHashMap<>();

  /** Notes of a call of which nothing was told yet. */
  final List<CallNote> notesBefore = new ArrayList<>();

  /** Legs that the journal knows and no channel stands for yet. */
  final Map<String, OpenCall.Leg> remembered = new LinkedHashMap<>();

  Call(CallId id, String linkedId, Moment born) {
    this.id = id;
    this.bornAt = born.happenedAt();
    this.heardAt = born.heardAt();
    linkedIds.add(linkedId);
  }

  boolean isTold() {
    return toldAt != null;
  }

  /** True while logs of it may follow. */
  boolean goesOn() {
    return type != null && !isFinal;
  }

  boolean isClickToCall() {
    return type == CallType.CLICK_TO_CALL;
  }

  CallStatus status() {
    if (isConnected) {
      return CallStatus.CONNECTED;
    }
    return isVoicemail ? CallStatus.VOICEMAIL : CallStatus.MISSED;
  }

  /** True when the channel is the customer's, or one of the customer's. */
  boolean isCustomer(Channel channel) {
    if (channel.role != Channel.Role.TRUNK || type == null) {
      return type != null && isInternal && linkedIds.contains(channel.id);
    }
    return switch (type) {
      case INCOMING -> linkedIds.contains(channel.id);
      case OBD -> channel == firstParty;
      case CLICK_TO_CALL -> channel.isNoted;
    };
  }

  /** True when a user talks in the call. */
  boolean hasTalker() {
    return live.values().stream().anyMatch(leg -> leg.isToldAnswered && leg.isUser());
  }

  /** True when a user of this id talks in the call already. */
  boolean isTalking(AsteriskUser user) {
    return live.values().stream()
        .anyMatch(leg -> leg.isToldAnswered && leg.isUser() && user.equals(leg.user));
  }

  /** A channel of it is over. */
  void lose(Channel channel) {
    live.remove(channel.id);
    if (gone.size() < GONE_MAX) {
      gone.add(channel);
    }
  }
}
