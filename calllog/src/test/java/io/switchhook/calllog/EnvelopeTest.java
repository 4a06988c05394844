package io.switchhook.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.calllog.Undressed.WithEnvelope;
import io.switchhook.calllog.Undressed.WithLog;
import io.switchhook.calllog.v2.CallPayload;
import io.switchhook.calllog.v2.Envelope;
import io.switchhook.calllog.v2.EventType;
import io.switchhook.calllog.v2.Leg;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static final List<String> SAMPLES =
      List.of(
          "initiated",
          "dial-begin",
          "dial-begin-2",
          "answered",
          "end",
          "summary",
          "disposition",
          "obd-summary-missed");

  @Test
  void summaryTellsTheWholeCall() {
    var event = sample("summary");

    assertThat(event.type()).contains(EventType.SUMMARY);
    assertThat(event.eventId()).isEqualTo("0199-summary");
    assertThat(event.eventVersion()).isEqualTo("1");
    assertThat(event.eventSequence()).isEqualTo(1);
    assertThat(event.sessionId()).isEqualTo("s4.1766492465.1359");
    assertThat(event.systemIdentifier()).isEmpty();
    assertThat(event.customerIdentifier()).isEqualTo("+919711600001");
    assertThat(event.timestamp()).isEqualTo(Instant.parse("2025-12-23T12:22:29.838Z"));
    assertThat(event.callDirection()).contains(Direction.INCOMING);

    var call = event.call();
    assertThat(call.callStatus()).contains(CallStatus.CONNECTED);
    assertThat(call.startedAt()).isEqualTo(Instant.parse("2025-12-23T12:21:05Z"));
    assertThat(call.durationSeconds()).isEqualTo(82);
    assertThat(call.billable()).isTrue();
    assertThat(call.isObd()).isFalse();
    assertThat(call.obdCampaign()).isNull();
    assertThat(call.comments()).containsExactly(Map.of("text", "wants a quotation", "by", "Ravi"));
    assertThat(call.legs())
        .extracting(Leg::isCustomer, Leg::isAnswered, Leg::talkSeconds)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(true, false, 82),
            org.assertj.core.groups.Tuple.tuple(false, false, null),
            org.assertj.core.groups.Tuple.tuple(false, true, 26));
    assertThat(call.legs().get(2).agent())
        .isEqualTo(
            new Leg.Agent("5cd40f6556f2f125", "Ravi", "ravi@example.com", "+918586800015", "15"));
    assertThat(call.legs().get(2).department())
        .isEqualTo(new Leg.Department("5cd40f6559784843", "sales"));
  }

  @Test
  void obdCallBelongsToItsCampaignAndCarriesTheClientsReference() {
    var call = sample("obd-summary-missed").call();

    assertThat(call.isObd()).isTrue();
    assertThat(call.obdCampaign())
        .isEqualTo(new CallPayload.ObdCampaign("5ee9a795b318a786", "job-7"));
    assertThat(call.clientRefId()).isEqualTo("fdfdfdf");
    assertThat(call.callStatus()).contains(CallStatus.MISSED);
    assertThat(sample("obd-summary-missed").callDirection()).contains(Direction.OUTGOING);
  }

  @Test
  void whoIsRungIsTheAgentThatNothingCameOfYet() {
    var legs = sample("dial-begin-2").call().legs();

    assertThat(legs.stream().filter(Leg::isAgent).filter(Leg::isRinging).map(Leg::phoneNumber))
        .containsExactly("+918586800015");
  }

  @Test
  void dispositionsAreReadAndHaveNoSequence() {
    var event = sample("disposition");

    assertThat(event.eventSequence()).isNull();
    assertThat(event.call().dispositions())
        .containsExactly(Map.of("name", "Interested", "note", "call on Friday"));
  }

  @ParameterizedTest
  @CsvSource({
    "call.initiated, INITIATED",
    "call.ivr_started, IVR_STARTED",
    "call.dial_begin, DIAL_BEGIN",
    "call.answered, ANSWERED",
    "call.responded, ANSWERED",
    "call.end, END",
    "call.ended, END",
    "call.summary, SUMMARY",
    "disposition, DISPOSITION",
    "call.disposition, DISPOSITION"
  })
  void everySpellingOfAnEventTypeIsKnown(String written, EventType type) {
    assertThat(read("{\"event_type\":\"" + written + "\",\"session_id\":\"u\",\"payload\":{}}"))
        .satisfies(event -> assertThat(event.type()).contains(type));
  }

  @Test
  void eventOfAnotherChannelIsReadWithoutACall() {
    var event =
        read(
            "{\"event_type\":\"message.received\",\"channel\":\"whatsapp\",\"payload\":{\"a\":1}}");

    assertThat(event.type()).isEmpty();
    assertThat(event.sessionId()).isEmpty();
    assertThat(event.call().legs()).isEmpty();
  }

  @Test
  void sessionIsTheCallsIdWhenTheEnvelopeHasNone() {
    assertThat(read("{\"event_type\":\"call.end\",\"payload\":{\"id\":\"u7\"}}").sessionId())
        .isEqualTo("u7");
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-23T12:21:06.123456789Z, 2025-12-23T12:21:06.123456789Z",
    "2025-12-23T17:51:06+05:30, 2025-12-23T12:21:06Z",
    "2025-12-23 12:21:06, 2025-12-23T12:21:06Z",
    "2025-12-23T12:21:06, 2025-12-23T12:21:06Z",
    "1766492466, 2025-12-23T12:21:06Z",
    "1766492466000, 2025-12-23T12:21:06Z",
    "yesterday,"
  })
  void timesAreReadHoweverTheyAreWritten(String written, Instant time) {
    var event =
        read(
            "{\"event_type\":\"call.end\",\"session_id\":\"u\",\"timestamp\":\""
                + written
                + "\",\"payload\":{}}");

    assertThat(event.timestamp()).isEqualTo(time);
  }

  @Test
  void aDispositionMayBeATextOrAList() {
    var json = "{\"event_type\":\"disposition\",\"session_id\":\"u\",\"payload\":{%s}}";

    assertThat(read(json.formatted("\"disposition\":\"Busy\"")).call().dispositions())
        .containsExactly(Map.of("value", "Busy"));
    assertThat(read(json.formatted("\"_dsp\":[\"A\",{\"b\":1}]")).call().dispositions())
        .containsExactly(Map.of("value", "A"), Map.of("b", "1"));
    assertThat(read(json.formatted("\"disposition\":\"\"")).call().dispositions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"payload\":{}} | event_type is missing",
        "{\"event_type\":\"call.end\"} | payload is no object",
        "{\"event_type\":\"call.end\",\"payload\":[]} | payload is no object",
        "{\"event_type\":\"call.end\",\"payload\":{}} | session_id is missing",
        "{\"event_type\":\"new.one\",\"channel\":\"call\",\"payload\":{}} | session_id is missing",
        "{\"event_type\":\"call.end\",\"event_type\":\"x\"} | the key stands there twice",
        "[] | it is a list"
      })
  void whatNobodyCanDoWithoutIsRefusedWithItsPlace(String json, String problem) {
    assertThat(EnvelopeReader.read(json))
        .isInstanceOfSatisfying(
            EnvelopeReader.Refused.class,
            refused -> assertThat(refused.reason().problem()).isEqualTo(problem));
  }

  @Test
  void tooLargeAnEventIsRefused() {
    var padding = "x".repeat(CallLogReader.SIZE_BYTES_MAX);
    var json = "{\"event_type\":\"call.end\",\"payload\":{\"id\":\"u\",\"x\":\"" + padding + "\"}}";

    assertThat(EnvelopeReader.read(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(EnvelopeReader.Refused.class);
  }

  @Test
  void writtenEventIsReadAsTheSame() {
    for (var name : SAMPLES) {
      var event = sample(name);

      var reread = read(EnvelopeWriter.toJson(event));

      // Times are written in milliseconds, one sample has nanoseconds.
      assertThat(reread.call()).isEqualTo(event.call());
      assertThat(reread.eventSequence()).isEqualTo(event.eventSequence());
      assertThat(EnvelopeWriter.toJson(reread)).isEqualTo(EnvelopeWriter.toJson(event));
    }
  }

  @Test
  void eventInABodyIsTakenAsAnEventWithItsBytes() {
    var body = json("end");

    assertThat(undress(body))
        .isInstanceOfSatisfying(
            WithEnvelope.class,
            found -> {
              assertThat(found.json()).isEqualTo(body.strip());
              assertThat(found.envelope()).isEqualTo(sample("end"));
            });
  }

  @Test
  void logWithTheFieldsOfAnEventStaysALog() {
    var log = "{\"uid\":\"u\",\"call_state\":1,\"event_type\":\"x\",\"payload\":{}}";

    assertThat(undress(log)).isInstanceOf(WithLog.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void mutatedEventsAreReadOrRefusedButNeverThrow(long seed) {
    var random = new Random(seed);
    var taken = 0;
    for (var round = 0; round < 2_000; round++) {
      var bytes =
          json(SAMPLES.get(random.nextInt(SAMPLES.size()))).getBytes(StandardCharsets.UTF_8);
      for (var i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      bytes = random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
      if (EnvelopeReader.read(bytes) instanceof EnvelopeReader.Read(var event, _)) {
        assertThat(EnvelopeWriter.toJson(event)).startsWith("{");
        taken++;
      }
    }
    assertThat(taken).isBetween(20, 1_980);
  }

  private static Undressed undress(String body) {
    return Undress.of(
        new WebRequest("POST", "a=b", "application/json", body.getBytes(StandardCharsets.UTF_8)));
  }

  private static Envelope sample(String name) {
    return read(json(name));
  }

  private static String json(String name) {
    return Samples.resource("v2/" + name + ".json");
  }

  private static Envelope read(String json) {
    return switch (EnvelopeReader.read(json)) {
      case EnvelopeReader.Read(var event, _) -> event;
      case EnvelopeReader.Refused(var reason) -> throw new AssertionError(reason.sentence());
    };
  }
}
