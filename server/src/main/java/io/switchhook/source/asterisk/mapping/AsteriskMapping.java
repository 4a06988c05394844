package io.switchhook.source.asterisk.mapping;

import io.switchhook.calllog.CallType;
import io.switchhook.source.SeesChannels;
import io.switchhook.source.asterisk.AsteriskSettings;
import io.switchhook.source.asterisk.ami.AmiMessage;
import io.switchhook.source.asterisk.mapping.Call.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes in-call logs and notes of what one Asterisk says: {@code step(input) → outputs}, a pure
 * function with state. The rules and their traps stand in docs/asterisk-mapping.md.
 *
 * <p>For one thread. It asks no clock: time comes with the inputs, and {@link #nextDue} says when
 * it wants to hear of time passing.
 */
public final class AsteriskMapping {
  private static final String VOICEMAIL = "VoiceMail";

  private final Switchboard board = new Switchboard();
  private final SeenChannels seen = new SeenChannels();
  private final WriteRecords write;
  private final TellStory story;
  private final FollowRequests requests;
  private final FollowChannels channels;
  private final FollowDials dials;
  private final FollowBridges bridges;
  private final TakeSnapshot snapshots;
  private AsteriskSettings settings;

  /** A mapping that has heard nothing yet. */
  public AsteriskMapping(AsteriskSettings settings) {
    this.settings = settings;
    var who = new WhoIsWho(settings);
    write = new WriteRecords(who);
    story = new TellStory(write, who);
    requests = new FollowRequests(board, story, write, who);
    channels =
        new FollowChannels(new FollowChannels.Parts(board, story, requests, write, seen), who);
    dials = new FollowDials(board, story, seen, who);
    bridges = new FollowBridges(board, story, write);
    snapshots = new TakeSnapshot(board, channels, bridges, story);
  }

  /** Goes one input on; what comes of it, in its order. */
  public List<Output> step(Input input) {
    passTo(input.at());
    switch (input) {
      case Input.Heard(var message, var at) -> hear(message, Moment.of(message, at));
      case Input.Asked(var request, var at) -> requests.ask(request, at);
      case Input.Refused(var actionId, _) -> requests.refuse(actionId);
      case Input.Snapshot snapshot -> snapshots.take(snapshot);
      case Input.Restarted(var at) -> endAll(Moment.reconstructed(at));
      case Input.TimePassed _ -> {}
      case Input.Changed(var changed, _) -> change(changed);
      case Input.Remembered(var calls, var at) -> calls.forEach(call -> remember(call, at));
    }
    return write.take();
  }

  /** When {@link Input.TimePassed} must come if nothing else does; empty when nothing is due. */
  public Optional<Instant> nextDue() {
    var oldest = board.calls().stream().findFirst().map(this::diesAt);
    return Stream.of(story.nextDue(), requests.nextDue(), oldest)
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  /** The last 200 channels and how each was understood. May be asked from any thread. */
  public SeesChannels.Seen seenChannels() {
    return seen.seen();
  }

  /** How many calls go on, also those of which nothing is told. */
  public int openCalls() {
    return board.calls().size();
  }

  private void passTo(Instant now) {
    story.passTo(now);
    requests.passTo(now);
    while (!board.calls().isEmpty()) {
      var oldest = board.calls().iterator().next();
      if (diesAt(oldest).isAfter(now)) {
        return;
      }
      end(oldest, Moment.reconstructed(now));
    }
  }

  private Instant diesAt(Call call) {
    return call.heardAt.plus(settings.maximumCallAge());
  }

  private void hear(AmiMessage message, Moment moment) {
    var event = message.event();
    if (event.isEmpty()) {
      return;
    }
    switch (event) {
      case "Newchannel" ->
          channels
              .bear(message, moment)
              .ifPresent(channel -> channels.begin(channel, message, moment));
      case "Cdr", "CEL" -> hearRecord(message, moment);
      case "Newexten" -> hearApplication(message, message.text("Application"), moment);
      case "OriginateResponse" -> requests.respond(message, moment);
      case "BlindTransfer" -> bridges.blindTransfer(message, moment);
      case "AttendedTransfer" -> bridges.attendedTransfer(message, moment);
      case "Shutdown" -> endAll(moment);
      default -> {}
    }
    if (!event.equals("Cdr") && !event.equals("CEL")) {
      learn(message, moment);
      hearOfChannel(message, moment);
    }
  }

  private void hearOfChannel(AmiMessage message, Moment moment) {
    switch (message.event()) {
      case "DialBegin", "AgentCalled" -> dials.begin(message, moment);
      case "DialEnd" -> dials.end(message, moment);
      case "BridgeEnter" -> of(message, channel -> bridges.enter(channel, message, moment));
      case "BridgeLeave" -> of(message, bridges::leave);
      case "QueueCallerJoin" ->
          of(message, channel -> channels.queue(channel, message.text("Queue"), moment));
      case "Rename" -> of(message, channel -> board.rename(channel, message.text("Newname")));
      case "Hangup" -> of(message, channel -> channels.end(channel, cause(message), moment));
      default -> {}
    }
  }

  private void learn(AmiMessage message, Moment moment) {
    of(
        message,
        channel -> {
          channels.learn(channel, message, moment);
          channels.learn(channel, VariableValues.of(message, ""), moment);
        });
    board
        .channel(message.text("DestUniqueid"))
        .ifPresent(
            channel -> {
              channel.lastHeardAt = moment.heardAt();
              channels.learn(channel, VariableValues.of(message, "Dest"), moment);
            });
  }

  /** Cdr and CEL tell late and in any order: they only say that a mailbox answered. */
  private void hearRecord(AmiMessage message, Moment moment) {
    var application =
        message.event().equals("Cdr")
            ? message.text("LastApplication")
            : message.text("Application");
    hearApplication(message, application, moment);
  }

  private void hearApplication(AmiMessage message, String application, Moment moment) {
    if (application.equalsIgnoreCase(VOICEMAIL)) {
      board
          .callOrEnded(message.text("Linkedid"))
          .or(() -> board.callOrEnded(message.text("Uniqueid")))
          .ifPresent(call -> channels.voicemail(call, moment));
    }
  }

  private void of(AmiMessage message, Consumer<Channel> act) {
    board.channel(message.text("Uniqueid")).ifPresent(act);
  }

  private static int cause(AmiMessage message) {
    var text = message.text("Cause");
    var isNumber =
        !text.isEmpty() && text.length() <= 4 && text.chars().allMatch(Character::isDigit);
    return isNumber ? Integer.parseInt(text) : 0;
  }

  private void endAll(Moment moment) {
    List.copyOf(board.calls()).forEach(call -> end(call, moment));
  }

  private void end(Call call, Moment moment) {
    for (var channel : List.copyOf(call.live.values())) {
      channels.end(channel, 0, moment);
    }
    story.end(call, moment);
    board.forget(call);
  }

  private void change(AsteriskSettings changed) {
    settings = changed;
    var who = new WhoIsWho(changed);
    write.change(who);
    story.change(who);
    requests.change(who);
    channels.change(who);
    dials.change(who);
  }

  private void remember(OpenCall open, Instant at) {
    var first = open.linkedIds().isEmpty() ? open.call().uid() : open.linkedIds().getFirst();
    if (board.call(first).isPresent()) {
      return;
    }
    var log = open.lastLog();
    var call = board.open(open.call(), first, new Moment(open.bornAt(), at, false));
    open.linkedIds().forEach(linkedId -> board.alias(linkedId, call));
    call.type = open.type();
    call.origin = origin(open);
    call.toldAt = log.calledAt().orElse(open.bornAt());
    call.isFinal = open.isFinal();
    call.isConnected = open.isConnected();
    call.customerAnswered = open.type() == CallType.OBD || open.isConnected();
    call.clidRaw = log.clidRaw();
    call.clid = log.clid();
    call.rdnis = log.rdnis() == null ? WhoIsWho.UNKNOWN : log.rdnis();
    call.referenceId = log.referenceId();
    call.clientRefId = log.clientRefId();
    call.publicIvrId = log.publicIvrId();
    call.caller = new WhoIsWho(settings).byListed(log.users()).orElse(null);
    call.remembered.putAll(open.legs());
  }

  private static Origin origin(OpenCall open) {
    return switch (open.type()) {
      case INCOMING -> Origin.CAME_IN;
      case OBD -> Origin.ORIGINATED;
      case CLICK_TO_CALL ->
          open.lastLog().referenceId() == null ? Origin.DIALLED_BY_USER : Origin.ORIGINATED;
    };
  }
}
