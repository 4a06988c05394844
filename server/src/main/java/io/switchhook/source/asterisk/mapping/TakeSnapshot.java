package io.switchhook.source.asterisk.mapping;

import static java.util.Comparator.comparing;

import io.switchhook.source.asterisk.ami.AmiMessage;
import io.switchhook.source.asterisk.mapping.Channel.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts right what was missed while nobody listened: channels that are not there any more are over,
 * those that are new were born, and who is in a bridge with whom says who answered. All that is
 * told of it is marked as reconstructed.
 */
final class TakeSnapshot {
  private static final String RINGING = "5";
  private static final String UP = "6";

  private final Switchboard board;
  private final FollowChannels channels;
  private final FollowBridges bridges;
  private final TellStory story;

  TakeSnapshot(Switchboard board, FollowChannels channels, FollowBridges bridges, TellStory story) {
    this.board = board;
    this.channels = channels;
    this.bridges = bridges;
    this.story = story;
  }

  void take(Input.Snapshot snapshot) {
    var moment = Moment.reconstructed(snapshot.at());
    var there = new HashSet<String>();
    snapshot.channels().forEach(message -> there.add(message.text("Uniqueid")));
    // The channel that a call is named after says how the call came about: it is looked at first.
    var ordered = snapshot.channels().stream().sorted(comparing(TakeSnapshot::isLater)).toList();
    ordered.forEach(message -> find(message, moment));
    loseOthers(there, snapshot);
    ordered.forEach(message -> connect(message, moment));
    endEmpty(moment);
  }

  private static boolean isLater(AmiMessage message) {
    return !message.text("Uniqueid").equals(message.text("Linkedid"));
  }

  private void find(AmiMessage message, Moment moment) {
    var known = board.channel(message.text("Uniqueid"));
    if (known.isPresent()) {
      var channel = known.get();
      if (message.first("Channel").isPresent()) {
        board.rename(channel, message.text("Channel"));
      }
      return;
    }
    channels
        .bear(message, moment)
        .ifPresent(
            channel -> {
              recall(channel);
              channels.beginFound(channel, message, moment);
            });
  }

  /** What the journal knows of this leg. */
  private static void recall(Channel channel) {
    var leg = channel.call.remembered.remove(channel.id);
    if (leg == null) {
      return;
    }
    channel.isNoted = true;
    channel.rungAt = leg.rung().at();
    channel.isToldRung = true;
    if (leg.isAnswered()) {
      channel.answeredAt = leg.rung().at();
      channel.isToldAnswered = leg.rung().user() != null;
    }
  }

  private void connect(AmiMessage message, Moment moment) {
    var channel = board.channel(message.text("Uniqueid")).orElse(null);
    if (channel == null || channel.role == Role.LOCAL) {
      return;
    }
    var state = message.text("ChannelState");
    if (state.equals(UP) && (channel == channel.call.firstParty || isDialledCustomer(channel))) {
      story.answer(channel, moment);
    }
    if (state.equals(RINGING) && channel.isUser() && channel.rungAt == null) {
      channel.rungAt = moment.happenedAt();
      // Nobody saw who had it rung: beside a colleague who talks it is asked, not called.
      channel.isConsulted = channel.call.hasTalker();
      if (!channel.isConsulted) {
        story.ring(channel, moment);
      }
    }
    var bridge = message.text("BridgeId");
    var application = message.text("Application");
    if (bridge.isEmpty() || application.startsWith("Park") || application.equals("BridgeWait")) {
      bridges.leave(channel);
    } else if (!bridge.equals(channel.bridge)) {
      bridges.enter(channel, bridge, moment);
    }
  }

  private static boolean isDialledCustomer(Channel channel) {
    return channel.call.isClickToCall() && channel.call.isCustomer(channel);
  }

  private void loseOthers(Set<String> there, Input.Snapshot snapshot) {
    var moment = Moment.reconstructed(snapshot.at());
    for (var channel : board.channels()) {
      if (!there.contains(channel.id) && !channel.lastHeardAt.isAfter(snapshot.askedAt())) {
        channels.end(channel, 0, moment);
      }
    }
  }

  /** Calls that the journal remembers and of which no channel is left. */
  private void endEmpty(Moment moment) {
    for (var call : List.copyOf(board.calls())) {
      if (call.live.isEmpty()) {
        story.end(call, moment);
        board.forget(call);
      }
    }
  }
}
