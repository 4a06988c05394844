package io.switchhook.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.calllog.AfterCallLog;
import io.switchhook.calllog.AfterCallLog.Leg;
import io.switchhook.calllog.AfterCallLog.TalkTime;
import io.switchhook.calllog.AfterCallLog.User;
import io.switchhook.calllog.AfterCallLog.UserAction;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.ReadResult;
import io.switchhook.event.Kind;
import io.switchhook.journal.Flag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssembleAfterCallTest {
  private static final String A = "918586848501";
  private static final String B = "918586848502";
  private static final String C = "918586848503";

  @Test
  void recordedCallsGiveTheAfterCallLogsOfTheGoldenFile() throws IOException {
    var calls = new LinkedHashMap<String, Calls>();
    var line = Pattern.compile("\\{\"call\":\"([^\"]*)\",\"at_ms\":\\d+,\"log\":(.*)}");
    for (var text : resource("recorded-calls.ndjson").lines().toList()) {
      var match = line.matcher(text);
      assertThat(match.matches()).as(text).isTrue();
      calls
          .computeIfAbsent(match.group(1), Calls::of)
          .log(Calls.START.plusSeconds(99), match.group(2));
    }
    var logs = new StringBuilder();
    calls.forEach((name, call) -> logs.append(name).append(' ').append(json(call)).append('\n'));

    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(
          Path.of("src/test/resources/source/recorded-after-calls.txt"), logs.toString());
    }
    assertThat(logs.toString()).isEqualTo(resource("recorded-after-calls.txt"));
  }

  @Test
  void answeredCallTellsWhoTalkedAndForHowLong() {
    var call = Calls.of("c").state(0, 1).state(2, 5, A).state(9, 6, A).state(39, 2);

    var log = assembled(call);

    assertThat(log.caller().national()).isEqualTo("9711636496");
    assertThat(log.caller().e164()).isEqualTo("+919711636496");
    assertThat(log.caller().countryCode()).isEqualTo("91");
    assertThat(log.status()).isEqualTo(1);
    assertThat(log.direction()).isEqualTo(1);
    assertThat(log.notificationStatus()).isEqualTo("0");
    assertThat(log.times().duration()).isEqualTo("00:00:39");
    assertThat(log.times().startedAt()).isEqualTo(Calls.START.getEpochSecond());
    assertThat(log.parameters()).containsExactly(new AfterCallLog.Parameter("ui", "c"));
    assertThat(log.legs())
        .containsExactly(
            new Leg(
                "2026-11-22 10:35:16",
                "ANSWER",
                "9000000001",
                List.of(new User(A, "", "", "", "8586848501", "+918586848501")),
                List.of(),
                "1",
                Calls.START.getEpochSecond() + 9,
                Calls.START.getEpochSecond() + 39,
                "00:00:30",
                "received"));
    assertThat(log.userActions()).containsExactly(new UserAction(A, "received"));
    assertThat(log.talkTimes()).containsExactly(new TalkTime(A, 30));
  }

  @Test
  void whoDidNotAnswerBeforeTheNextWasRungMissedIt() {
    var call = Calls.of("c").state(0, 1).state(1, 5, A).state(5, 5, B).state(9, 2);

    var log = assembled(call);

    assertThat(log.status()).isEqualTo(2);
    assertThat(legs(log)).containsExactly(A + " NOANSWER missed", B + " NOANSWER missed");
    assertThat(log.legs().getFirst().endedAt()).isEqualTo(Calls.START.getEpochSecond() + 5);
    assertThat(log.talkTimes()).isEmpty();
  }

  @Test
  void whoRangBesideTheOneThatAnsweredWasCancelled() {
    var call = Calls.of("c").state(0, 1).state(1, 5, A, B).state(5, 6, B).state(9, 2);

    assertThat(legs(assembled(call))).containsExactly(A + " CANCEL missed", B + " ANSWER received");
  }

  @Test
  void whoRangLongerThanTheNextMayStillAnswer() {
    var call = Calls.of("c").state(0, 1).state(1, 5, A).state(4, 5, B).state(6, 6, A).state(9, 2);

    assertThat(legs(assembled(call))).containsExactly(A + " ANSWER received", B + " CANCEL missed");
  }

  @Test
  void transferEndsTheFirstTalkAndNamesWhoTookOver() {
    var call =
        Calls.of("c")
            .state(0, 1)
            .state(1, 5, A)
            .state(2, 6, A)
            .state(5, 5, B)
            .state(7, 6, B)
            .state(17, 2);

    var log = assembled(call);

    assertThat(legs(log)).containsExactly(A + " ANSWER transferred", B + " ANSWER received");
    assertThat(log.legs().getFirst().transferredTo()).extracting(User::id).containsExactly(B);
    assertThat(log.talkTimes()).containsExactly(new TalkTime(A, 3), new TalkTime(B, 10));
    assertThat(log.userActions())
        .containsExactly(new UserAction(A, "transferred"), new UserAction(B, "received"));
  }

  @Test
  void whoMissedItFirstAndAnsweredThenReceivedIt() {
    var call =
        Calls.of("c")
            .state(0, 1)
            .state(1, 5, A)
            .state(2, 5, B)
            .state(3, 5, A)
            .state(4, 6, A)
            .state(9, 2);

    assertThat(assembled(call).userActions())
        .containsExactly(new UserAction(A, "received"), new UserAction(B, "missed"));
  }

  @Test
  void answerOfNobodyNamedIsThatOfTheOnlyOneRinging() {
    var one = Calls.of("c").state(0, 1).state(1, 5, A).state(4, 6).state(9, 2);
    var two = Calls.of("c").state(0, 1).state(1, 5, A, B).state(4, 6).state(9, 2);

    assertThat(legs(assembled(one))).containsExactly(A + " ANSWER received");
    assertThat(legs(assembled(two)))
        .containsExactly(A + " NOANSWER missed", B + " NOANSWER missed");
  }

  @Test
  void answerOfSomebodyNeverRungIsALegOfItsOwn() {
    var call = Calls.of("c").state(0, 1).state(3, 6, C).state(9, 2);

    assertThat(legs(assembled(call))).containsExactly(C + " ANSWER received");
    assertThat(assembled(call).talkTimes()).containsExactly(new TalkTime(C, 6));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 7, 1, BUSY",
    "3, 9, 1, NOANSWER",
    "3, 2, 1, NOANSWER",
    "5, 2, 2, NOANSWER",
    "5, 4, 2, NOANSWER"
  })
  void outgoingCallsSayHowTheyCameAboutAndFailed(
      int first, int last, String notificationStatus, String dialStatus) {
    var log = assembled(Calls.of("c").outgoing().state(0, first, A).state(5, last));

    assertThat(log.notificationStatus()).isEqualTo(notificationStatus);
    assertThat(log.direction()).isEqualTo(2);
    assertThat(log.status()).isEqualTo(2);
    assertThat(legs(log)).containsExactly(A + " " + dialStatus + " missed");
  }

  @Test
  void hiddenCallerIsAnonymous() {
    var log = assembled(Calls.of("c").from("anonymous", "anonymous").state(0, 1).state(1, 2));

    assertThat(log.caller()).isEqualTo(new AfterCallLog.Caller("", "", "", "", "", 1));
  }

  @Test
  void usersThatAreIdsOrExtensionsStandAsTheyAre() {
    var log = assembled(Calls.of("c").state(0, 1).state(1, 5, "u101", "101").state(3, 2));

    assertThat(log.legs().get(0).receivedBy())
        .containsExactly(new User("u101", "", "", "", "", ""));
    assertThat(log.legs().get(1).receivedBy())
        .containsExactly(new User("101", "", "", "101", "", ""));
  }

  @Test
  void callThatGoesOnHasNone() {
    var call = Calls.of("c").state(0, 1).state(2, 5, A).state(9, 6, A).state(10, 8);

    assertThat(AssembleAfterCall.of(call.call(), call.kept())).isEmpty();
  }

  @Test
  void callThatHasOneAlreadyGetsNoOther() {
    var call = Calls.of("c").record(Kind.AFTER_CALL, 0, Calls.START, "{}").state(0, 1).state(1, 2);

    assertThat(AssembleAfterCall.of(call.call(), call.kept())).isEmpty();
  }

  @Test
  void whatComesAfterTheEndAndNotesChangeNothing() {
    var plain = Calls.of("c").state(0, 1).state(2, 5, A).state(9, 2);
    var more =
        Calls.of("c")
            .record(Kind.NOTE, 0, Calls.START, "x")
            .state(0, 1)
            .state(2, 5, A)
            .state(9, 2)
            .state(10, 6, A)
            .state(20, 2);

    assertThat(json(more)).isEqualTo(json(plain));
  }

  @Test
  void sameCallGivesTheSameRecordAgain() {
    var call = Calls.of("c").state(0, 1).state(2, 5, A).state(9, 2);

    var record = AssembleAfterCall.of(call.call(), call.kept()).orElseThrow();

    assertThat(record).isEqualTo(AssembleAfterCall.of(call.call(), call.kept()).orElseThrow());
    assertThat(record.identity()).isEqualTo(AssembleAfterCall.IDENTITY);
    assertThat(record.kind()).isEqualTo(Kind.AFTER_CALL);
    assertThat(record.flags()).isEqualTo(Flag.DERIVED.bit());
    assertThat(record.happenedAt()).isEqualTo(Calls.START.plusSeconds(9));
  }

  @Test
  void whatWasPutTogetherAfterwardsIsMarked() {
    var call =
        Calls.of("c")
            .state(0, 1)
            .record(
                Kind.IN_CALL,
                Flag.RECONSTRUCTED.bit(),
                Calls.START,
                "{\"uid\":\"c\",\"call_state\":2}");

    var record = AssembleAfterCall.of(call.call(), call.kept()).orElseThrow();

    assertThat(Flag.RECONSTRUCTED.isIn(record.flags())).isTrue();
  }

  @Test
  void clockThatWasSetBackMakesNoNegativeTimes() {
    var call = Calls.of("c").state(50, 1).state(40, 5, A).state(30, 6, A).state(20, 2);

    var log = assembled(call);

    assertThat(log.times().endedAt()).isGreaterThanOrEqualTo(log.times().startedAt());
    assertThat(log.talkTimes()).containsExactly(new TalkTime(A, 0));
  }

  @Test
  void hostileTextsNeverMakeALogThatCannotBeRead() {
    var nasty = "\\u0001".repeat(30_000);
    var call = Calls.of("c");
    for (var i = 0; i < 300; i++) {
      call.log(
          Calls.START,
          "{\"uid\":\"c\",\"call_state\":5,\"rdnis\":\""
              + nasty
              + "\",\"users\":[\""
              + i
              + nasty
              + "\"]}");
    }

    var log = assembled(call.state(9, 2));

    assertThat(log.status()).isEqualTo(2);
    assertThat(log.legs()).hasSizeLessThanOrEqualTo(CallLegs.LEGS_MAX);
  }

  private static List<String> legs(AfterCallLog log) {
    return log.legs().stream()
        .map(leg -> leg.receivedBy().getFirst().id() + " " + leg.dialStatus() + " " + leg.action())
        .toList();
  }

  private static AfterCallLog assembled(Calls call) {
    var json = json(call);
    return switch (CallLogReader.read(json)) {
      case ReadResult.Read(var log) -> {
        assertThat(AfterCallLog.of(log).toJson()).isEqualTo(json);
        yield AfterCallLog.of(log);
      }
      case ReadResult.Malformed malformed -> throw new AssertionError(malformed.sentence());
    };
  }

  private static String json(Calls call) {
    return AssembleAfterCall.of(call.call(), call.kept()).orElseThrow().body().utf8();
  }

  private static String resource(String name) throws IOException {
    try (var stream = AssembleAfterCallTest.class.getResourceAsStream("/source/" + name)) {
      return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
