package io.switchhook.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedLogsTest {
  @Test
  void vendorsInCallSampleComesBackIdentical() {
    assertThat(InCallLog.of(Samples.log(Samples.inCall())).toJson()).isEqualTo(Samples.inCall());
    assertThat(InCallLog.of(Samples.log(Samples.inCallPretty())).toJson())
        .isEqualTo(Samples.inCall());
  }

  @Test
  void vendorsAfterCallSampleComesBackIdentical() {
    assertThat(AfterCallLog.of(Samples.log(Samples.afterCall())).toJson())
        .isEqualTo(Samples.afterCall());
  }

  @Test
  void timesOfTheAfterCallSampleFollowFromStartAndEnd() {
    var times = AfterCallLog.of(Samples.log(Samples.afterCall())).times();

    assertThat(AfterCallLog.Times.of(1594969929, 1594969968, 1594969967)).isEqualTo(times);
  }

  @Test
  void minutesAreWrittenAsPhpWritesAFloat() {
    assertThat(drm(0)).contains("\"_drm\":0,");
    assertThat(drm(60)).contains("\"_drm\":1,");
    assertThat(drm(600)).contains("\"_drm\":10,");
    assertThat(drm(40)).contains("\"_drm\":0.67,");
    assertThat(drm(6)).contains("\"_drm\":0.1,");
  }

  @Test
  void inCallLogIsReadFromNumbersAndAPlusThatBecameASpace() {
    var log =
        InCallLog.of(
            Samples.log(
                """
                {"call_state": 6, "uid": 77, "event": 1, "clid": " 919711636496", "status": 1,
                 "users": [918586848544, " 918586848545"], "rdnis": " not a number"}
                """));

    assertThat(log.callState()).isEqualTo(CallState.USER_ANSWERED);
    assertThat(log.uid()).isEqualTo("77");
    assertThat(log.direction()).contains(Direction.INCOMING);
    assertThat(log.callStatus()).contains(CallStatus.CONNECTED);
    assertThat(log.clid()).isEqualTo("+919711636496");
    assertThat(log.users()).containsExactly("918586848544", "+918586848545");
    assertThat(log.rdnis()).isEqualTo(" not a number");
    assertThat(log.createdAt()).isEmpty();
    assertThat(log.toJson())
        .isEqualTo(
            "{\"id\":null,\"uid\":\"77\",\"reference_id\":null,\"company_id\":null,\"clid_raw\":null,"
                + "\"clid\":\"+919711636496\",\"rdnis\":\" not a number\",\"call_state\":\"6\","
                + "\"event\":\"1\",\"status\":\"1\",\"users\":[\"918586848544\",\"+918586848545\"],"
                + "\"created\":null,\"call_time\":null,\"public_ivr_id\":null,"
                + "\"client_ref_id\":null,\"job_id\":null}");
  }

  @Test
  void directionAndStatusInOtherWordsAreNone() {
    var log =
        InCallLog.of(
            Samples.log(
                "{\"uid\":\"u\",\"call_state\":1,\"event\":\"start\",\"status\":\"connected\"}"));

    assertThat(log.direction()).isEmpty();
    assertThat(log.callStatus()).isEmpty();
  }

  @Test
  void timesAreUtc() {
    var log = InCallLog.of(Samples.log(Samples.inCall()));

    assertThat(log.createdAt()).contains(Instant.parse("2020-08-01T08:35:56Z"));
    assertThat(LogTime.format(Instant.parse("2020-08-01T08:35:56.999Z")))
        .isEqualTo("2020-08-01 08:35:56");
    assertThat(LogTime.parse("2020-02-30 00:00:00")).isEmpty();
    assertThat(LogTime.duration(360_061)).isEqualTo("100:01:01");
  }

  @Test
  void aRecordedCallIsToldAgainWithOtherIdsAndTimes() {
    var then = Instant.parse("2026-01-01T00:00:01Z");

    var again =
        InCallLog.of(Samples.log(Samples.inCall())).retold("i2", "u2", then, then.minusSeconds(1));

    assertThat(again.toJson())
        .contains("\"id\":\"i2\",\"uid\":\"u2\"")
        .contains("\"created\":\"2026-01-01 00:00:01\",\"call_time\":\"2026-01-01 00:00:00\"");
  }

  @Test
  void afterCallLogIsReadFromTextsStrayBackslashesAndWhatIsMissing() {
    var log =
        AfterCallLog.of(
            Samples.log(
                """
                {"_ai":"a","_st":"1594969929","_drm":"0.65","_su":"2","_cl":" 919711636496","_ld":null,
                 "_fu":"http:\\\\/\\\\/app.example.com\\\\/x","_us":"","_ts":"soon","_ms":1e400,
                 "_ev":99999999999,"_pm":[{"ky":"ui","vl":5},"stray"],"_tc":[{"ye":7,"yf":"9"}]}
                """));

    assertThat(log.times().startedAt()).isEqualTo(1594969929);
    assertThat(log.times().minutes()).isEqualTo("0.65");
    assertThat(log.times().loggedAt()).isZero();
    assertThat(log.times().startedAtMillis()).isZero();
    assertThat(log.direction()).isZero();
    assertThat(log.status()).isEqualTo(2);
    assertThat(log.caller().e164()).isEqualTo("+919711636496");
    assertThat(log.recording().url()).isEqualTo("http://app.example.com/x");
    assertThat(log.legs()).isEmpty();
    assertThat(log.parameters()).containsExactly(new AfterCallLog.Parameter("ui", "5"));
    assertThat(log.talkTimes()).containsExactly(new AfterCallLog.TalkTime("7", 9));
    assertThat(log.department().name()).isEmpty();
  }

  @Test
  void dispositionIsTheCallLogThenItsTags() {
    var call = AfterCallLog.of(Samples.log(Samples.afterCall()));
    var tagged = new DispositionLog(call, List.of(Map.of("name", "Follow-up")));

    var json = tagged.toJson();

    assertThat(json).endsWith("\"_cri\":\"\",\"_dsp\":[{\"name\":\"Follow-up\"}]}");
    assertThat(DispositionLog.of(Samples.log(json))).isEqualTo(tagged);
    assertThat(
            DispositionLog.of(Samples.log("{\"uid\":\"u\",\"_dsp\":[\"Interested\",{\"a\":null}]}"))
                .dispositions())
        .containsExactly(Map.of("value", "Interested"), Map.of("a", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "1, incoming call on server, INCOMING OBD, false",
    "2, call finished, INCOMING OBD, true",
    "3, call initiated by user to customer, CLICK_TO_CALL, false",
    "4, first party no answer, OBD, true",
    "5, dialing users, INCOMING OBD, false",
    "6, user answered, INCOMING OBD, false",
    "7, client rejected the call, CLICK_TO_CALL, true",
    "8, undocumented state 8, '', false",
    "9, no user picked the call (no answer), CLICK_TO_CALL, true"
  })
  void callStatesAreThoseOfTheVendorsTable(
      int number, String words, String types, boolean isFinal) {
    var state = CallState.ofNumber(number).orElseThrow();

    assertThat(state.number()).isEqualTo(number);
    assertThat(state.words()).isEqualTo(words);
    assertThat(state.callTypes())
        .isEqualTo(
            Arrays.stream(types.split(" "))
                .filter(type -> !type.isEmpty())
                .map(CallType::valueOf)
                .collect(Collectors.toSet()));
    assertThat(state.isFinal()).isEqualTo(isFinal);
  }

  @Test
  void thereIsNoStateOutsideOneToNine() {
    assertThat(CallState.ofNumber(0)).isEmpty();
    assertThat(CallState.ofNumber(10)).isEmpty();
  }

  private static String drm(long seconds) {
    var sample = AfterCallLog.of(Samples.log(Samples.afterCall()));
    return new AfterCallLog(
            sample.id(),
            sample.source(),
            sample.companyId(),
            sample.caller(),
            AfterCallLog.Times.of(1000, 1000 + seconds, 1000),
            sample.type(),
            sample.direction(),
            sample.recording(),
            sample.notificationStatus(),
            sample.status(),
            sample.department(),
            sample.parameters(),
            sample.comments(),
            sample.legs(),
            sample.billing(),
            sample.userActions(),
            sample.talkTimes(),
            sample.references())
        .toJson();
  }
}
