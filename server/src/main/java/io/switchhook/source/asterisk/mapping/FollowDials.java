package io.switchhook.source.asterisk.mapping;

import io.switchhook.calllog.CallType;
import io.switchhook.source.asterisk.AsteriskUser;
import io.switchhook.source.asterisk.ami.AmiMessage;
import io.switchhook.source.asterisk.mapping.Call.Origin;
import io.switchhook.source.asterisk.mapping.Channel.Role;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Legs that are dialled, by a dialplan or a queue: whom they are for, and what came of it. */
final class FollowDials {
  private final Switchboard board;
  private final TellStory story;
  private final SeenChannels seen;
  private final Consultations consultations;
  private WhoIsWho who;

  FollowDials(Switchboard board, TellStory story, SeenChannels seen, WhoIsWho who) {
    this.board = board;
    this.story = story;
    this.seen = seen;
    this.consultations = new Consultations(board);
    this.who = who;
  }

  void change(WhoIsWho changed) {
    who = changed;
  }

  /** A leg is dialled (DialBegin), or a queue calls its member (AgentCalled). */
  void begin(AmiMessage message, Moment moment) {
    var leg = board.channel(message.text("DestUniqueid")).orElse(null);
    if (leg == null) {
      return;
    }
    var dialler = board.channel(message.text("Uniqueid")).orElse(null);
    if (leg.dialledBy == null) {
      leg.dialledBy = dialler;
    }
    if (leg.dialString.isEmpty()) {
      leg.dialString = message.text("DialString");
    }
    identify(leg, message);
    if (leg.rungAt == null) {
      leg.rungAt = moment.happenedAt();
    }
    if (!leg.isAlive() || leg.isAnswered() || leg.role == Role.LOCAL) {
      return;
    }
    ring(leg, message, moment);
  }

  /** What came of dialling a leg (DialEnd); a queue says it twice, and the first counts. */
  void end(AmiMessage message, Moment moment) {
    var status = message.text("DialStatus");
    board
        .channel(message.text("DestUniqueid"))
        .filter(leg -> leg.role != Role.LOCAL)
        .ifPresent(
            leg -> {
              if (status.equals("ANSWER")) {
                story.answer(leg, moment);
              } else if (leg.dialStatus.isEmpty()) {
                leg.dialStatus = status;
              }
            });
  }

  private void ring(Channel leg, AmiMessage message, Moment moment) {
    var call = leg.call;
    if (call.origin == Origin.ORIGINATED && call.firstParty == null) {
      call.firstParty = leg;
      beAsRequested(leg);
    }
    if (leg == call.firstParty) {
      ringFirstParty(leg, message, moment);
      return;
    }
    switch (leg.role) {
      case USER -> ringUser(leg, moment);
      case TRUNK -> ringCustomer(leg, message, moment);
      case LOCAL, OTHER -> {}
    }
  }

  private static void beAsRequested(Channel leg) {
    var call = leg.call;
    if (call.request != null) {
      leg.role = call.type == CallType.OBD ? Role.TRUNK : Role.USER;
      leg.user = call.type == CallType.OBD ? null : call.caller;
    }
  }

  private void ringFirstParty(Channel leg, AmiMessage message, Moment moment) {
    var call = leg.call;
    if (call.type == null && leg.role == Role.TRUNK) {
      call.type = CallType.OBD;
      story.setClid(call, customerNumber(leg, message));
      call.rdnis = who.serviceNumberOf(message.text("DestConnectedLineNum"));
    }
    if (leg.role == Role.TRUNK || leg.isUser()) {
      story.noteRung(leg, moment);
    }
  }

  private void ringUser(Channel leg, Moment moment) {
    var call = leg.call;
    var first = call.firstParty;
    if (call.type == null && first != null && first.isUser()) {
      story.beInternal(call, first, moment);
    }
    leg.isConsulted = consultations.isRungFor(leg);
    if (!leg.isConsulted) {
      story.ring(leg, moment);
    }
  }

  private void ringCustomer(Channel leg, AmiMessage message, Moment moment) {
    var call = leg.call;
    var first = call.firstParty;
    if (call.type == null && first != null && first.isUser()) {
      story.setClid(call, customerNumber(leg, message));
      call.rdnis = who.serviceNumberOf(message.text("CallerIDNum"));
      story.clickToCall(call, first.user, moment);
    }
    if (call.isClickToCall()) {
      story.noteRung(leg, moment);
    }
  }

  /** The number that was dialled: in the dial string, else the extension, else the caller id. */
  private String customerNumber(Channel leg, AmiMessage message) {
    var dialled = WhoIsWho.numberDialled(leg.dialString);
    return Stream.of(dialled, message.text("Exten"), message.text("DestCallerIDNum"))
        .filter(who::isCustomerNumber)
        .findFirst()
        .orElse(dialled);
  }

  private void identify(Channel leg, AmiMessage message) {
    if (leg.role == Role.USER) {
      return;
    }
    var dialled =
        who.byDialled(leg.dialString)
            .or(() -> who.byMember(message.text("MemberName"), message.text("Interface")));
    if (leg.role == Role.LOCAL) {
      leg.reaches = dialled.orElse(leg.reaches);
      return;
    }
    dialled
        .or(() -> Optional.ofNullable(reachedThroughLocal(leg)))
        .ifPresent(
            user -> {
              leg.role = Role.USER;
              leg.user = user;
              var how = "the user " + who.listed(user) + ", by what was dialled or the queue";
              seen.understand(leg, how);
            });
  }

  /** The user whom a Local channel was dialled to reach, when this device is behind it. */
  private @Nullable AsteriskUser reachedThroughLocal(Channel leg) {
    var dialler = leg.dialledBy;
    for (var i = 0;
        i < Consultations.LOCALS_MAX && dialler != null && dialler.role == Role.LOCAL;
        i++) {
      var other = board.otherHalf(dialler);
      if (other == null) {
        return null;
      }
      if (other.reaches != null) {
        return other.reaches;
      }
      dialler = other.dialledBy;
    }
    return null;
  }
}
