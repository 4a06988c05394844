package io.switchhook.source.asterisk.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.Kind;
import io.switchhook.journal.Flag;
import io.switchhook.journal.JournalRecord;
import io.switchhook.source.AssembleAfterCall;
import io.switchhook.source.asterisk.ami.AmiMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the recordings give, byte for byte: logs and notes in the order in which they are appended,
 * then the after-call logs. Why they are right stands in golden/README.md.
 */
class GoldenTest {
  static List<String> recordings() {
    return Laboratory.recordings();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void recordingGivesItsGoldenFile(String recording) throws IOException {
    compare(recording, Play.recording(recording, Laboratory.settings(recording)));
  }

  @Test
  void cutConnectionGivesItsGoldenFile() throws IOException {
    compare("50-reconnect-gap", reconnected());
  }

  /** Recording 50: the connection is lost while a user rings, and comes back while he talks. */
  static Play reconnected() {
    var play = new Play(Laboratory.settings());
    play.hear(Laboratory.messages("50-reconnect-gap-session1"));
    var second = Laboratory.messages("50-reconnect-gap-session2");
    // The first event after the snapshot says when that was: the list itself has no times.
    var live = second.stream().filter(it -> it.timestamp().isPresent()).toList();
    play.now = live.getFirst().timestamp().orElseThrow().minus(Duration.ofMillis(10));
    play.step(new Input.Snapshot(listed(second), play.now, play.now));
    return play.hear(live).pass(Duration.ofSeconds(1));
  }

  /** The CoreShowChannel events, each with what Status says of the same channel. */
  static List<AmiMessage> listed(List<AmiMessage> messages) {
    var channels = new LinkedHashMap<String, List<AmiMessage.Field>>();
    for (var message : messages) {
      if (message.event().equals("CoreShowChannel") || message.event().equals("Status")) {
        channels
            .computeIfAbsent(message.text("Uniqueid"), _ -> new ArrayList<>())
            .addAll(message.fields());
      }
    }
    return channels.values().stream().map(fields -> new AmiMessage(fields, false)).toList();
  }

  private static void compare(String name, Play play) throws IOException {
    var file = Laboratory.FOLDER.resolve("golden").resolve(name + ".txt");
    var text = text(play);
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }

  private static String text(Play play) {
    var text = new StringBuilder();
    var kept = play.kept();
    for (var record : kept) {
      text.append(record.kind() == Kind.NOTE ? "note  " : "told  ")
          .append(Flag.RECONSTRUCTED.isIn(record.flags()) ? "reconstructed " : "")
          .append(record.body().utf8())
          .append('\n');
    }
    kept.stream()
        .map(JournalRecord::call)
        .distinct()
        .forEach(
            call ->
                text.append("after ")
                    .append(
                        AssembleAfterCall.of(
                                call, kept.stream().filter(it -> it.call().equals(call)).toList())
                            .map(record -> record.body().utf8())
                            .orElse("none"))
                    .append('\n'));
    for (var channel : play.mapping.seenChannels().last()) {
      text.append("seen  ")
          .append(channel.name())
          .append(": ")
          .append(channel.understood())
          .append(", ")
          .append(channel.why())
          .append('\n');
    }
    return text.toString();
  }
}
