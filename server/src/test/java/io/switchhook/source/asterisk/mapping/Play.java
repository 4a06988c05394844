package io.switchhook.source.asterisk.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.InCallLog;
import io.switchhook.calllog.ReadResult;
import io.switchhook.event.Kind;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.NewRecord;
import io.switchhook.source.asterisk.AsteriskSettings;
import io.switchhook.source.asterisk.ami.AmiMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Plays what an Asterisk says into a mapping; what nobody sent counts by the server's times. */
final class Play {
  final AsteriskMapping mapping;
  final List<Output> outputs = new ArrayList<>();
  Instant now = Instant.parse("2026-11-22T10:00:00Z");

  Play(AsteriskSettings settings) {
    mapping = new AsteriskMapping(settings);
  }

  /** A recording, after what was asked for it. */
  static Play recording(String name, AsteriskSettings settings) {
    var messages = Laboratory.messages(name);
    var play = new Play(settings);
    play.now = messages.stream().flatMap(it -> it.timestamp().stream()).findFirst().orElseThrow();
    Laboratory.request(name).ifPresent(it -> play.step(new Input.Asked(it, play.now)));
    return play.hear(messages).pass(Duration.ofSeconds(1));
  }

  Play hear(List<AmiMessage> messages) {
    messages.forEach(this::hear);
    return this;
  }

  Play hear(AmiMessage message) {
    var at = message.timestamp().orElse(now);
    now = at.isAfter(now) ? at : now;
    return step(new Input.Heard(message, now));
  }

  Play pass(Duration time) {
    now = now.plus(time);
    return step(new Input.TimePassed(now));
  }

  Play step(Input input) {
    outputs.addAll(mapping.step(input));
    return this;
  }

  List<NewRecord> records() {
    return outputs.stream()
        .flatMap(output -> output instanceof Output.Append(var it) ? Stream.of(it) : Stream.empty())
        .toList();
  }

  List<NewRecord> told() {
    return records().stream().filter(record -> record.kind() == Kind.IN_CALL).toList();
  }

  /** The calls that were told, in the order of their first log. */
  Set<String> uids() {
    var uids = new LinkedHashSet<String>();
    told().forEach(record -> uids.add(record.call().uid()));
    return uids;
  }

  /** Each call's states with the users that they name: {@code 1 5[…] 6[…] 2}. */
  Map<String, String> states() {
    var states = new LinkedHashMap<String, String>();
    for (var record : told()) {
      var log = log(record);
      var users = log.users().isEmpty() ? "" : log.users().toString();
      states.merge(
          record.call().uid(),
          log.callState().number() + users,
          (before, next) -> before + " " + next);
    }
    return states;
  }

  static InCallLog log(NewRecord record) {
    return log(record.body().utf8());
  }

  static InCallLog log(String json) {
    return switch (CallLogReader.read(json.getBytes(UTF_8))) {
      case ReadResult.Read(var log) -> InCallLog.of(log);
      case ReadResult.Malformed malformed -> throw new AssertionError(malformed);
    };
  }

  /** The records as the journal would keep them. */
  List<JournalRecord> kept() {
    var kept = new ArrayList<JournalRecord>();
    var seen = new LinkedHashSet<String>();
    var sequences = new LinkedHashMap<String, Integer>();
    for (var record : records()) {
      if (!seen.add(record.call() + " " + record.identity())) {
        continue;
      }
      var isEvent = record.kind().isEvent();
      var sequence = isEvent ? sequences.merge(record.call().uid(), 1, Integer::sum) : 0;
      kept.add(
          new JournalRecord(
              0,
              kept.size(),
              record.call(),
              record.kind(),
              record.flags(),
              record.happenedAt(),
              record.happenedAt(),
              record.identity(),
              sequence,
              record.body()));
    }
    return kept;
  }
}
