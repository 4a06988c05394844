package io.switchhook.source.asterisk.mapping;

import io.switchhook.source.CallNote;
import io.switchhook.source.asterisk.ami.AmiMessage;
import io.switchhook.source.asterisk.mapping.Channel.Role;
import java.time.Duration;
import java.util.List;

/*
 * When two calls become one.
 *
 * Asterisk rewrites the Linkedid of a channel when its call is bridged with another one, so legs are known by Uniqueid, and two
 * calls of which channels meet in a bridge are joined here. The one that is told lives on; of two that are told, the older one.
 * Whoever of the other talks is told as rung and answered in the one that lives on: that is the colleague who was asked before an
 * attended transfer. A holding bridge (a parking lot, a waiting room) joins nobody.
 */

/** Follows bridges and transfers. */
final class FollowBridges {
  /** A leg that ended so short before a join handed its call over. */
  private static final Duration JUST_NOW = Duration.ofSeconds(1);

  private final Switchboard board;
  private final TellStory story;
  private final WriteRecords write;
  private final Consultations consultations;

  FollowBridges(Switchboard board, TellStory story, WriteRecords write) {
    this.board = board;
    this.story = story;
    this.write = write;
    this.consultations = new Consultations(board);
  }

  /** A channel enters a bridge. */
  void enter(Channel channel, AmiMessage message, Moment moment) {
    var kind = message.text("BridgeTechnology") + " " + message.text("BridgeType");
    if (kind.contains("holding")) {
      board.leave(channel);
      return;
    }
    enter(channel, message.text("BridgeUniqueid"), moment);
  }

  /** A channel is in a bridge with others. */
  void enter(Channel channel, String bridge, Moment moment) {
    board.enter(channel, bridge);
    for (var other : board.inBridgeOf(channel)) {
      if (other.call != channel.call) {
        join(other.call, channel.call, moment);
      }
    }
    reconsider(channel.call, moment);
    settle(channel, moment);
  }

  /** Who is in which bridge says whether a colleague is only asked, or rung for the customer. */
  private void reconsider(Call call, Moment moment) {
    for (var leg : List.copyOf(call.live.values())) {
      if (!leg.isUser() || leg.isAnswered()) {
        continue;
      }
      if (call.ringing.containsKey(leg) && consultations.isRungFor(leg)) {
        story.unring(leg);
      } else if (leg.isConsulted && consultations.hasCustomer(leg)) {
        // The user left before the colleague answered.
        leg.isConsulted = false;
        story.ring(leg, moment);
      }
    }
  }

  void leave(Channel channel) {
    board.leave(channel);
  }

  /** A user hands the customer over to somebody who is not rung yet. */
  void blindTransfer(AmiMessage message, Moment moment) {
    if (message.text("Result").equals("Success")) {
      board
          .channel(message.text("TransfererUniqueid"))
          .ifPresent(leg -> noteTransferred(leg, moment));
    }
  }

  /** A user joins the customer and a colleague. */
  void attendedTransfer(AmiMessage message, Moment moment) {
    if (!message.text("Result").equals("Success")) {
      return;
    }
    var first = board.channel(message.text("OrigTransfererUniqueid"));
    var second = board.channel(message.text("SecondTransfererUniqueid"));
    first.ifPresent(leg -> noteTransferred(leg, moment));
    if (first.isPresent() && second.isPresent() && first.get().call != second.get().call) {
      join(first.get().call, second.get().call, moment);
    }
  }

  private void join(Call one, Call other, Moment moment) {
    var survivor = survivor(one, other);
    var younger = survivor == one ? other : one;
    var taken = List.copyOf(younger.live.values());
    story.join(younger, survivor, moment);
    board.move(younger, survivor);
    if (!survivor.goesOn()) {
      return;
    }
    for (var leg : taken) {
      leg.isNoted = false;
      leg.isToldRung = false;
      leg.isToldAnswered = false;
      leg.isConsulted = false;
      leg.isHandedOver = false;
    }
    handOver(survivor, taken, moment);
    taken.stream()
        .filter(leg -> leg.isUser() && leg.isAnswered())
        .forEach(leg -> story.talk(leg, moment));
  }

  private static Call survivor(Call one, Call other) {
    if (one.goesOn() != other.goesOn()) {
      return one.goesOn() ? one : other;
    }
    if (one.isTold() != other.isTold()) {
      return one.isTold() ? one : other;
    }
    return one.bornAt.isAfter(other.bornAt) ? other : one;
  }

  /** Who talked to the customer and does not any more has handed the call over. */
  private void handOver(Call survivor, List<Channel> taken, Moment moment) {
    for (var leg : survivor.gone) {
      var goneAt = leg.goneAt;
      if (leg.isToldAnswered
          && goneAt != null
          && !goneAt.plus(JUST_NOW).isBefore(moment.happenedAt())) {
        noteTransferred(leg, moment);
      }
    }
    for (var leg : survivor.live.values()) {
      if (leg.isToldAnswered && !taken.contains(leg) && !isWithCustomer(leg)) {
        noteTransferred(leg, moment);
      }
    }
  }

  private boolean isWithCustomer(Channel leg) {
    return board.talkingWith(leg).stream().anyMatch(leg.call::isCustomer);
  }

  /** Whoever is in a bridge with the customer talks, even when its answer was not heard. */
  private void settle(Channel channel, Moment moment) {
    var call = channel.call;
    if (!call.goesOn()) {
      return;
    }
    var members = board.talkingWith(channel);
    var customers = members.stream().filter(call::isCustomer).toList();
    if (customers.isEmpty() || members.size() < 2) {
      return;
    }
    for (var customer : customers) {
      if (call.isClickToCall() || customer == call.firstParty) {
        story.answer(customer, moment);
      }
    }
    for (var leg : members) {
      if (leg.role == Role.USER && !call.isCustomer(leg)) {
        talk(leg, moment);
      }
    }
  }

  private void talk(Channel leg, Moment moment) {
    if (leg.isConsulted && !leg.isAnswered()) {
      return;
    }
    var wasAsked = leg.isConsulted;
    leg.isConsulted = false;
    story.answer(leg, moment);
    story.talk(leg, moment);
    if (wasAsked) {
      handOver(leg.call, List.of(leg), moment);
    }
  }

  private void noteTransferred(Channel leg, Moment moment) {
    if (leg.isNoted && leg.call.isTold() && !leg.isHandedOver) {
      leg.isHandedOver = true;
      write.note(leg.call, new CallNote.Transferred(leg.id, moment.happenedAt()), moment);
    }
  }
}
