package io.switchhook.source.asterisk.mapping;

import io.switchhook.source.DialStatus;
import io.switchhook.source.asterisk.AsteriskUser;
import io.switchhook.source.asterisk.ami.AmiMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One channel of Asterisk, as far as it is known; changes while it lives. */
final class Channel {
  /** What is at the other end. */
  enum Role {
    USER,
    TRUNK,
    LOCAL,
    OTHER
  }

  /** The state of a channel that came in and waits to be answered (Asterisk's channelstate.h). */
  private static final String RING = "4";

  final String id;
  final boolean bornRinging;
  final Instant bornAt;
  String name;
  Call call;
  Role role = Role.OTHER;
  @Nullable AsteriskUser user;

  /** For a Local channel: the user that it was dialled to reach. */
  @Nullable AsteriskUser reaches;

  @Nullable Channel dialledBy;
  String dialString = "";
  final String callerNumber;
  final String exten;
  String bridge = "";
  @Nullable Instant rungAt;
  @Nullable Instant answeredAt;
  @Nullable Instant goneAt;
  Instant lastHeardAt;
  String dialStatus = "";

  /** Rung by a colleague who talks to the customer meanwhile: told when the customer is joined. */
  boolean isConsulted;

  /** The call has a note that this leg handed the customer over. */
  boolean isHandedOver;

  /** The call has a note that this leg rang. */
  boolean isNoted;

  /** A state 5 of the call names it. */
  boolean isToldRung;

  /** It talks, or the call needs not be told that it does. */
  boolean isToldAnswered;

  /** The channel that a message shows. */
  Channel(AmiMessage message, Moment born, Call call) {
    this.id = message.text("Uniqueid");
    this.name = message.text("Channel");
    this.bornRinging = message.text("ChannelState").equals(RING);
    this.callerNumber = message.text("CallerIDNum");
    this.exten = message.text("Exten");
    this.bornAt = born.happenedAt();
    this.lastHeardAt = born.heardAt();
    this.call = call;
  }

  boolean isAlive() {
    return goneAt == null;
  }

  boolean isUser() {
    return role == Role.USER && user != null;
  }

  boolean isAnswered() {
    return answeredAt != null;
  }

  /** The device: the name without the number of this channel. */
  String device() {
    return WhoIsWho.device(name);
  }

  /** Why the leg ended unanswered, by what the dialling said and the cause of its end. */
  DialStatus statusBy(int cause) {
    if (isAnswered()) {
      return DialStatus.ANSWER;
    }
    if (isBusyOrRejected(cause)) {
      return DialStatus.BUSY;
    }
    return switch (dialStatus) {
      case "CANCEL" -> DialStatus.CANCEL;
      case "CONGESTION", "CHANUNAVAIL" -> DialStatus.CONGESTION;
      default -> DialStatus.NOANSWER;
    };
  }

  /** Busy by the dialling or cause 17; rejected (603) is told by cause 21 alone (ITU-T Q.850). */
  boolean isBusyOrRejected(int cause) {
    return dialStatus.equals("BUSY") || cause == 17 || cause == 21;
  }
}
