package io.switchhook.source.asterisk.mapping;

import io.switchhook.journal.Flag;
import io.switchhook.journal.NewRecord;
import io.switchhook.source.AssembleAfterCall;
import io.switchhook.source.asterisk.AsteriskSettings;
import io.switchhook.source.asterisk.ami.AmiMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what an Asterisk would say of calls that no recording has. Channels are named by a short id,
 * which is also their Uniqueid; each saying comes 100 ms after the one before.
 */
final class FakeAsterisk {
  static final String CARRIER = "PJSIP/carrier";
  static final String DESK_101 = "PJSIP/agent101";
  static final String DESK_102 = "PJSIP/agent102";
  static final String A = "918586848501";
  static final String B = "918586848502";
  private static final Duration STEP = Duration.ofMillis(100);

  final Play play;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> linkedIds = new HashMap<>();
  private Duration pace = STEP;

  FakeAsterisk(AsteriskSettings settings) {
    play = new Play(settings);
  }

  /** A customer calls 9000000001 on the carrier's trunk. */
  FakeAsterisk customerCalls(String id) {
    return born(
        id, id, CARRIER, "ChannelState", "4", "CallerIDNum", "919711636496", "Exten", "9000000001");
  }

  /** A telephone of ours picks up and dials. */
  FakeAsterisk deskDials(String id, String device) {
    return born(
        id, id, device, "ChannelState", "4", "CallerIDNum", device.substring(device.length() - 3));
  }

  /** A channel is made to be dialled, in the call of another. */
  FakeAsterisk made(String id, String of, String device) {
    return born(id, linkedIds.getOrDefault(of, of), device, "ChannelState", "0");
  }

  /** A channel is there; {@code fields} say more of it. */
  FakeAsterisk born(String id, String linkedId, String device, String... fields) {
    var isLocal = device.startsWith("Local/");
    names.put(id, isLocal ? device : device + "-" + id);
    linkedIds.put(id, linkedId);
    return say("Newchannel", with(channel(id), fields));
  }

  FakeAsterisk dials(String from, String to, String dialString) {
    return say("DialBegin", both(from, to, "DialString", dialString));
  }

  /** A dialled leg is made and rung at once. */
  FakeAsterisk rings(String from, String to, String device) {
    return made(to, from, device).dials(from, to, device.substring(device.indexOf('/') + 1));
  }

  FakeAsterisk answers(String from, String to) {
    return dialEnds(from, to, "ANSWER");
  }

  FakeAsterisk dialEnds(String from, String to, String status) {
    return say("DialEnd", both(from, to, "DialStatus", status));
  }

  FakeAsterisk enter(String bridge, String... ids) {
    for (var id : ids) {
      say("BridgeEnter", with(channel(id), List.of("BridgeUniqueid", bridge)));
    }
    return this;
  }

  FakeAsterisk hangUp(String id, int cause) {
    return say("Hangup", with(channel(id), List.of("Cause", String.valueOf(cause))));
  }

  /** All of these hang up, normally. */
  FakeAsterisk hangUpAll(String... ids) {
    for (var id : ids) {
      hangUp(id, 16);
    }
    return this;
  }

  /** What is said from now on comes so much behind each other. */
  FakeAsterisk every(Duration time) {
    pace = time;
    return this;
  }

  FakeAsterisk later(Duration time) {
    play.pass(time);
    return this;
  }

  FakeAsterisk say(String event, List<String> fields) {
    var all = new ArrayList<>(List.of("Event", event));
    all.addAll(fields);
    play.now = play.now.plus(pace);
    play.hear(AmiMessage.of(all.toArray(String[]::new)));
    return this;
  }

  /** What CoreShowChannels and Status say of a channel. */
  AmiMessage listed(String id, String state, String bridge) {
    var fields = with(channel(id), List.of("ChannelState", state, "BridgeId", bridge));
    return AmiMessage.of(with(List.of("Event", "CoreShowChannel"), fields).toArray(String[]::new));
  }

  FakeAsterisk snapshot(AmiMessage... channels) {
    play.now = play.now.plus(pace);
    play.step(new Input.Snapshot(List.of(channels), play.now, play.now));
    return this;
  }

  /** The states of a call, as {@code 1 5[…] 6[…] 2}; empty when nothing was told. */
  String states(String uid) {
    play.pass(Duration.ofSeconds(1));
    return play.states().getOrDefault("lab." + uid, "");
  }

  /** The after-call log of a call; {@code ""} when there is none. */
  String afterCall(String uid) {
    var kept = play.kept().stream().filter(it -> it.call().uid().equals("lab." + uid)).toList();
    return kept.isEmpty()
        ? ""
        : AssembleAfterCall.of(kept.getFirst().call(), kept)
            .map(record -> record.body().utf8())
            .orElse("");
  }

  NewRecord last() {
    return play.told().getLast();
  }

  boolean isReconstructed(NewRecord record) {
    return Flag.RECONSTRUCTED.isIn(record.flags());
  }

  List<String> channel(String id) {
    return List.of(
        "Channel",
        names.getOrDefault(id, id),
        "Uniqueid",
        id,
        "Linkedid",
        linkedIds.getOrDefault(id, id));
  }

  private List<String> both(String from, String to, String name, String value) {
    var fields = new ArrayList<String>(from.isEmpty() ? List.of() : channel(from));
    fields.addAll(
        List.of(
            "DestChannel",
            names.getOrDefault(to, to),
            "DestUniqueid",
            to,
            "DestLinkedid",
            linkedIds.getOrDefault(to, to),
            name,
            value));
    return fields;
  }

  private static List<String> with(List<String> fields, List<String> more) {
    var all = new ArrayList<>(fields);
    all.addAll(more);
    return all;
  }

  private static List<String> with(List<String> fields, String... more) {
    return with(fields, List.of(more));
  }
}
