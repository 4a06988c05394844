package io.switchhook.source.asterisk.mapping;

import io.switchhook.source.CallNote;
import io.switchhook.source.asterisk.AsteriskDepartment;
import io.switchhook.source.asterisk.ami.AmiMessage;
import io.switchhook.source.asterisk.mapping.Call.Origin;
import io.switchhook.source.asterisk.mapping.Channel.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;

/** The birth and the end of channels, and what is learnt of their calls meanwhile. */
final class FollowChannels {
  private final Switchboard board;
  private final TellStory story;
  private final FollowRequests requests;
  private final WriteRecords write;
  private final SeenChannels seen;
  private WhoIsWho who;

  /** What the followers share. */
  record Parts(
      Switchboard board,
      TellStory story,
      FollowRequests requests,
      WriteRecords write,
      SeenChannels seen) {}

  FollowChannels(Parts parts, WhoIsWho who) {
    this.board = parts.board();
    this.story = parts.story();
    this.requests = parts.requests();
    this.write = parts.write();
    this.seen = parts.seen();
    this.who = who;
  }

  void change(WhoIsWho changed) {
    who = changed;
  }

  /** A channel is there: just born, or found in a snapshot. */
  Optional<Channel> bear(AmiMessage message, Moment moment) {
    var id = message.text("Uniqueid");
    var linkedId = message.text("Linkedid");
    if (id.isEmpty() || linkedId.isEmpty() || board.isGone(id) || board.channel(id).isPresent()) {
      return Optional.empty();
    }
    var call =
        board
            .call(linkedId)
            .orElseGet(
                () ->
                    board.open(
                        Switchboard.callId(who.settings(), linkedId, requests.isOurs(linkedId)),
                        linkedId,
                        moment));
    var channel = new Channel(message, moment, call);
    board.add(channel);
    identify(channel, moment);
    return Optional.of(channel);
  }

  /** The first channel of a call decides how the call came about. */
  void begin(Channel channel, AmiMessage message, Moment moment) {
    var call = channel.call;
    var isFirst = call.linkedIds.contains(channel.id) && call.origin == Origin.UNKNOWN;
    if (!isFirst || call.isTold()) {
      return;
    }
    if (!channel.bornRinging) {
      call.origin = Origin.ORIGINATED;
      call.firstParty = channel.role == Role.LOCAL ? null : channel;
      requests.match(channel, message.text("AccountCode"), moment);
    } else if (channel.role == Role.TRUNK) {
      comeIn(channel, message, moment);
    } else if (channel.isUser()) {
      call.origin = Origin.DIALLED_BY_USER;
      call.firstParty = channel;
      channel.answeredAt = moment.happenedAt();
      story.noteRung(channel, moment);
    }
  }

  /** A channel was found whose birth was not heard: what it is now must do. */
  void beginFound(Channel channel, AmiMessage message, Moment moment) {
    var call = channel.call;
    if (!call.linkedIds.contains(channel.id)) {
      found(channel, moment);
    } else if (call.isTold()) {
      goOn(channel);
    } else if (call.origin == Origin.UNKNOWN) {
      call.origin = Origin.ORIGINATED;
      call.firstParty = channel.role == Role.LOCAL ? null : channel;
      requests.match(channel, message.text("AccountCode"), moment);
      if (call.request == null && channel.role == Role.TRUNK) {
        call.firstParty = null;
        comeIn(channel, message, moment);
      } else if (call.request == null && channel.isUser()) {
        call.origin = Origin.DIALLED_BY_USER;
        channel.answeredAt = moment.happenedAt();
        story.noteRung(channel, moment);
      }
    }
  }

  /** The first channel of a call that goes on since before this process. */
  private static void goOn(Channel channel) {
    var call = channel.call;
    if (call.origin == Origin.CAME_IN || channel.role == Role.LOCAL) {
      return;
    }
    call.firstParty = channel;
    channel.isNoted = true;
    if (call.isClickToCall()) {
      channel.role = Role.USER;
      channel.user = call.caller;
    } else {
      channel.role = Role.TRUNK;
      channel.answeredAt = channel.bornAt;
    }
  }

  private void found(Channel channel, Moment moment) {
    var call = channel.call;
    var first = call.firstParty;
    if (channel.role != Role.TRUNK) {
      return;
    }
    if (call.type == null && first != null && first.isUser()) {
      story.setClid(call, channel.callerNumber);
      story.clickToCall(call, first.user, moment);
    }
    if (call.isClickToCall()) {
      story.noteRung(channel, moment);
    }
  }

  /** What a channel event says beside its own matter: the account, variables, the caller. */
  void learn(Channel channel, AmiMessage message, Moment moment) {
    channel.lastHeardAt = moment.heardAt();
    if (channel.call.origin == Origin.ORIGINATED && !channel.call.isTold()) {
      requests.match(channel, message.text("AccountCode"), moment);
    }
    var call = channel.call;
    var number = message.text("CallerIDNum");
    if (message.event().equals("NewCallerid")
        && call.origin == Origin.CAME_IN
        && call.isCustomer(channel)
        && WhoIsWho.ANONYMOUS.equals(call.clid)
        && !number.isEmpty()) {
      story.setClid(call, number);
    }
  }

  /** Variables of a channel: the client's reference, the recording, the number that was called. */
  void learn(Channel channel, VariableValues variables, Moment moment) {
    if (variables.isEmpty()) {
      return;
    }
    var call = channel.call;
    var names = who.settings().variables();
    var reference = variables.value(names.clientRefId());
    if (call.request == null && !reference.isEmpty()) {
      call.clientRefId = reference;
    }
    var file = variables.value(names.recording());
    if (!file.isEmpty() && !file.equals(call.recording)) {
      call.recording = file;
      var name = file.substring(file.lastIndexOf('/') + 1);
      write.note(call, new CallNote.Recorded(name, recordingUrl(name)), moment);
    }
    if (call.origin == Origin.CAME_IN && call.rdnis.equals(WhoIsWho.UNKNOWN)) {
      who.serviceNumber(channel.exten, variables).ifPresent(number -> call.rdnis = number);
    }
  }

  /** The caller waits in a queue. */
  void queue(Channel channel, String queue, Moment moment) {
    belong(channel.call, department -> department.queues().contains(queue), moment);
  }

  /** The caller is given to a mailbox. */
  void voicemail(Call call, Moment moment) {
    if (!call.isVoicemail && !call.isConnected) {
      call.isVoicemail = true;
      write.note(call, new CallNote.Voicemail(), moment);
    }
  }

  /** A channel is over; the call with its last one. */
  void end(Channel channel, int cause, Moment moment) {
    var call = channel.call;
    story.lose(channel, cause, moment);
    board.remove(channel);
    if (call.live.isEmpty()) {
      story.end(call, moment);
      board.forget(call);
    }
    if (call.type == null || channel.role == Role.OTHER) {
      seen.ignore(channel, whyIgnored(channel));
    }
  }

  private void comeIn(Channel channel, AmiMessage message, Moment moment) {
    var context = message.text("Context");
    if (!who.isInbound(context)) {
      seen.see(channel, moment.heardAt(), "a trunk, in a context that is no inbound-context");
      return;
    }
    var call = channel.call;
    call.origin = Origin.CAME_IN;
    call.rdnis =
        who.serviceNumber(channel.exten, VariableValues.of(message, "")).orElse(WhoIsWho.UNKNOWN);
    story.comeIn(call, channel, moment);
    belong(call, department -> department.numbers().contains(call.rdnis), moment);
  }

  private void identify(Channel channel, Moment moment) {
    var device = channel.device();
    if (WhoIsWho.isLocal(channel.name)) {
      channel.role = Role.LOCAL;
      seen.see(channel, moment.heardAt(), "a Local channel: it leads to a device");
      return;
    }
    var user = who.byDevice(device);
    if (user.isPresent()) {
      channel.role = Role.USER;
      channel.user = user.get();
      seen.see(channel, moment.heardAt(), "the user " + who.listed(user.get()) + ", by channel");
    } else if (who.isTrunk(device)) {
      channel.role = Role.TRUNK;
      seen.see(channel, moment.heardAt(), "a trunk");
    } else {
      seen.see(channel, moment.heardAt(), "neither a user's channel nor a trunk's");
    }
  }

  private void belong(Call call, Predicate<AsteriskDepartment> which, Moment moment) {
    who.settings().departments().stream()
        .filter(which)
        .findFirst()
        .filter(department -> !department.id().equals(call.department))
        .ifPresent(
            department -> {
              call.department = department.id();
              write.note(call, new CallNote.Belongs(department.id(), department.name()), moment);
            });
  }

  private String recordingUrl(String file) {
    var name = URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20");
    return who.settings().recordingUrl().replace("{file}", name);
  }

  private static String whyIgnored(Channel channel) {
    return switch (channel.role) {
      case LOCAL -> "a Local channel that led to no call";
      case USER -> "a user's channel that was in no call with a customer";
      case TRUNK ->
          channel.bornRinging
              ? "came in on a trunk, in a context that is no inbound-context"
              : "a trunk's channel in no call of ours";
      case OTHER -> "neither a user's channel nor a trunk's";
    };
  }
}
