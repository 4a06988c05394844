package io.switchhook.source.asterisk.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.journal.NewRecord;
import io.switchhook.source.asterisk.ami.AmiMessage;
import io.switchhook.source.asterisk.ami.AmiParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every recording, whatever is done to it that an Asterisk might do. */
class PropertiesTest {
  private static final int ROUNDS = 20;

  /** Kinds whose order was seen both ways, in the laboratory. */
  private static final List<Set<String>> UNSTABLE =
      List.of(
          Set.of("Newstate", "DialState"),
          Set.of("Cdr", "Hangup"),
          Set.of("OriginateResponse", "DialEnd"),
          Set.of("OriginateResponse", "Hangup"),
          Set.of("OriginateResponse", "Cdr"),
          Set.of("AgentCalled", "DialBegin"));

  /** They are told a few milliseconds apart. */
  private static final Duration CLOSE = Duration.ofMillis(10);

  static List<String> recordings() {
    return Laboratory.recordings();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void cutAnywhereItGivesTheSame(String recording) {
    var whole = Play.recording(recording, Laboratory.settings(recording)).records();
    var bytes = Laboratory.bytes(recording);
    var random = new Random(recording.hashCode());
    for (var round = 0; round < 3; round++) {
      var messages = new ArrayList<AmiMessage>();
      var parser = new AmiParser(messages::add);
      for (var from = 0; from < bytes.length; ) {
        var to = Math.min(bytes.length, from + 1 + random.nextInt(3_000));
        parser.feed(Arrays.copyOfRange(bytes, from, to));
        from = to;
      }
      assertThat(play(recording, messages).records()).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void unknownEventsAndFieldsChangeNothing(String recording) {
    var random = new Random(recording.hashCode());
    var messages = new ArrayList<AmiMessage>();
    for (var message : Laboratory.messages(recording)) {
      messages.add(strange(message, random));
      var fields = new ArrayList<>(message.fields());
      fields.add(random.nextInt(1, fields.size() + 1), new AmiMessage.Field("Future", "1"));
      messages.add(new AmiMessage(fields, false));
    }

    assertThat(play(recording, messages).records())
        .isEqualTo(Play.recording(recording, Laboratory.settings(recording)).records());
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void orderOfKindsThatWasSeenBothWaysChangesNoState(String recording) {
    var states = Play.recording(recording, Laboratory.settings(recording)).states();
    var random = new Random(recording.hashCode());
    for (var round = 0; round < ROUNDS; round++) {
      var shuffled = shuffled(Laboratory.messages(recording), random);
      assertThat(play(recording, shuffled).states()).as("round %d", round).isEqualTo(states);
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void eachCallEndsWithExactlyOneFinalState(String recording) {
    var finals = new LinkedHashMap<String, Integer>();
    for (var record : Play.recording(recording, Laboratory.settings(recording)).told()) {
      var uid = record.call().uid();
      assertThat(finals.getOrDefault(uid, 0)).as("nothing follows the end of %s", uid).isZero();
      finals.merge(uid, Play.log(record).callState().isFinal() ? 1 : 0, Integer::sum);
    }
    assertThat(finals.values()).allMatch(count -> count == 1);
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void serverWithoutTimestampsTellsTheSameStates(String recording) {
    var messages = Laboratory.messages(recording);
    var play = new Play(Laboratory.settings(recording));
    play.now = messages.stream().flatMap(it -> it.timestamp().stream()).findFirst().orElseThrow();
    Laboratory.request(recording).ifPresent(it -> play.step(new Input.Asked(it, play.now)));
    var last = play.now;
    for (var message : messages) {
      var at = message.timestamp().orElse(last);
      play.now = at.isAfter(play.now) ? at : play.now;
      last = play.now;
      var fields = message.fields().stream().filter(it -> !it.name().equals("Timestamp")).toList();
      play.step(new Input.Heard(new AmiMessage(fields, false), play.now));
    }
    play.pass(Duration.ofSeconds(1));

    assertThat(play.states())
        .isEqualTo(Play.recording(recording, Laboratory.settings(recording)).states());
  }

  @Test
  void accountThatHearsMoreTellsTheSame() {
    for (var name : Laboratory.names()) {
      if (name.endsWith(".full")) {
        var product = name.replace(".full", "");
        assertThat(play(product, Laboratory.messages(name)).states())
            .as(name)
            .isEqualTo(Play.recording(product, Laboratory.settings()).states());
      }
    }
  }

  /** Told again from the start, as after a crash before anything was stored. */
  @ParameterizedTest
  @MethodSource("recordings")
  void identitiesAreTheSameEachTimeAndTellRecordsApart(String recording) {
    var records = Play.recording(recording, Laboratory.settings(recording)).records();

    assertThat(records.stream().map(PropertiesTest::key).distinct()).hasSameSizeAs(records);
    assertThat(Play.recording(recording, Laboratory.settings(recording)).records())
        .isEqualTo(records);
  }

  @Test
  void eventsASecondArePrinted() {
    var messages = Laboratory.messages("10-queue-first-noanswer-second-answers");
    var bytes = Laboratory.bytes("10-queue-first-noanswer-second-answers");
    var rounds = 200;
    var from = System.nanoTime();
    for (var round = 0; round < rounds; round++) {
      var play = new Play(Laboratory.settings());
      new AmiParser(play::hear).feed(bytes);
    }
    var seconds = (System.nanoTime() - from) / 1e9;
    System.out.printf(
        "parsed and mapped %.0f events a second%n", rounds * messages.size() / seconds);
    assertThat(messages).isNotEmpty();
  }

  private static String key(NewRecord record) {
    return record.call() + " " + record.kind() + " " + record.identity();
  }

  private static Play play(String recording, List<AmiMessage> messages) {
    var play = new Play(Laboratory.settings(recording));
    play.now = messages.stream().flatMap(it -> it.timestamp().stream()).findFirst().orElseThrow();
    Laboratory.request(recording).ifPresent(it -> play.step(new Input.Asked(it, play.now)));
    return play.hear(messages).pass(Duration.ofSeconds(1));
  }

  private static AmiMessage strange(AmiMessage like, Random random) {
    var fields = new ArrayList<>(like.fields());
    fields.removeIf(field -> field.name().equals("Event") || field.name().equals("Response"));
    fields.addFirst(new AmiMessage.Field("Event", "Brandnew" + random.nextInt(9)));
    return new AmiMessage(fields, false);
  }

  /** Swaps neighbours of kinds that come in any order, again and again. */
  private static List<AmiMessage> shuffled(List<AmiMessage> messages, Random random) {
    var shuffled = new ArrayList<>(messages);
    for (var i = 0; i < messages.size() * 5; i++) {
      var at = random.nextInt(shuffled.size() - 1);
      if (maySwap(shuffled.get(at), shuffled.get(at + 1))) {
        shuffled.set(at, shuffled.set(at + 1, shuffled.get(at)));
      }
    }
    return shuffled;
  }

  private static boolean maySwap(AmiMessage one, AmiMessage other) {
    var first = one.timestamp();
    var second = other.timestamp();
    if (first.isEmpty()
        || second.isEmpty()
        || Duration.between(first.get(), second.get()).abs().compareTo(CLOSE) > 0) {
      return false;
    }
    var kinds = Set.of(one.event(), other.event() + (one.event().equals(other.event()) ? "'" : ""));
    return isDecoration(one) || isDecoration(other) || UNSTABLE.contains(kinds);
  }

  /** Kinds that may stand anywhere beside others. */
  private static boolean isDecoration(AmiMessage message) {
    return Map.of("CEL", 1, "TestEvent", 1, "DeviceStateChange", 1, "VarSet", 1)
        .containsKey(message.event());
  }
}
