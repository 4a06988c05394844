package io.switchhook.source.myoperator;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.calllog.FormEncoding;
import io.switchhook.calllog.FormEncoding.FormField;
import io.switchhook.event.Bytes;
import io.switchhook.source.myoperator.DecodeRequest.Nothing;
import io.switchhook.source.myoperator.DecodeRequest.Told;
import io.switchhook.source.myoperator.DecodeRequest.Unread;
import io.switchhook.source.myoperator.VendorEvent.OfEnvelope;
import io.switchhook.source.myoperator.VendorEvent.OfLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeRequestTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  static Stream<String> samples() {
    return Stream.of(Samples.inCall(), Samples.afterCall());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyDressTellsTheSameLog(String log) {
    var quoted = com.fasterxml.jackson.databind.node.TextNode.valueOf(log).toString();
    for (var request :
        List.of(
            Samples.post(FORM, form("myoperator", log)),
            Samples.post(FORM, form("data", log)),
            Samples.post(FORM, "myoperator=" + log),
            Samples.post(log),
            Samples.post("{\"myoperator\":" + log + "}"),
            Samples.post("{\"myoperator\":" + quoted + "}"))) {
      assertThat(((OfLog) Samples.event(request)).log().json()).isEqualTo(log);
      assertThat(Samples.event(request).identity())
          .isEqualTo(Samples.event(Samples.post(log)).identity());
    }
  }

  @Test
  void getTellsByTheFieldsOfTheSource() {
    var fields = Map.of("caller_number", "clid_raw", "state", "call_state", "call", "uid");
    var decoded =
        DecodeRequest.of(
            Samples.get("call=n2.1&state=5&caller_number=+919711636496&users=a,b&other=x"),
            fields,
            TellAs.V1);

    var log = ((OfLog) ((Told) decoded).event()).log();
    assertThat(log.json())
        .isEqualTo(
            "{\"id\":null,\"uid\":\"n2.1\",\"reference_id\":null,\"company_id\":null,"
                + "\"clid_raw\":\"+919711636496\",\"clid\":null,\"rdnis\":null,\"call_state\":\"5\","
                + "\"event\":null,\"status\":null,\"users\":[\"a\",\"b\"],"
                + "\"created\":\"2026-01-05 10:00:00\",\"call_time\":null,\"public_ivr_id\":null,"
                + "\"client_ref_id\":null,\"job_id\":null}");
  }

  @Test
  void sameGetAgainIsTheSameEventAtAnyTime() {
    var first = Samples.get("uid=n2.1&call_state=1");
    var later =
        new KeptRequest(Samples.NOW.plusSeconds(30), "GET", first.rawQuery(), "", Bytes.empty());

    assertThat(Samples.event(later).identity()).isEqualTo(Samples.event(first).identity());
  }

  @Test
  void getOfAnAfterCallLogHasItsUidWhereItBelongs() {
    var event = (OfLog) Samples.event(Samples.get("_ai=5f114f490dbe2437&uid=d5.1&_su=1&_cr=97"));

    assertThat(event.log().json())
        .isEqualTo(
            "{\"_ai\":\"5f114f490dbe2437\",\"_cr\":\"97\",\"_su\":1,"
                + "\"_pm\":[{\"ky\":\"ui\",\"vl\":\"d5.1\"}]}");
  }

  @Test
  void probeOfTheAddressTellsNothing() {
    assertThat(decode(Samples.get(""))).isEqualTo(new Nothing());
    assertThat(decode(Samples.post(""))).isEqualTo(new Nothing());
  }

  @Test
  void eventOfChatTellsNothing() {
    assertThat(
            decode(
                Samples.post(
                    "{\"event_type\":\"message.received\",\"channel\":\"whatsapp\",\"payload\":{}}")))
        .isEqualTo(new Nothing());
  }

  @Test
  void eventOfUnknownKindIsUnreadInTheFirstGenerationOnly() {
    var request =
        Samples.post(
            "{\"event_type\":\"call.parked\",\"channel\":\"call\",\"session_id\":\"c\",\"payload\":{}}");

    assertThat(decode(request)).isInstanceOf(Unread.class);
    assertThat(((Told) DecodeRequest.of(request, Map.of(), TellAs.V2)).event())
        .isInstanceOf(OfEnvelope.class);
  }

  static Stream<String> hostileBodies() {
    var deep = "[".repeat(5_000) + "]".repeat(5_000);
    return Stream.of(
        "{\"event_type\":\"call.end\",\"session_id\":\"c\",\"payload\":{\"x\":" + deep + "}}",
        "{\"event_type\":\"call.end\",\"session_id\":\"c\",\"session_id\":\"d\",\"payload\":{}}",
        "{\"event_type\":\"call.end\",\"session_id\":\"c\",\"payload\":{\"duration\":"
            + "9".repeat(100)
            + "}}",
        "{\"event_type\":\"call.end\",\"session_id\":\"c\",\"payload\":{\"started_at\":\"+999999999-01-01T00:00:00Z\"}}",
        "{\"event_type\":\"call.end\",\"session_id\":\"\",\"channel\":\"call\",\"payload\":{}}",
        "{\"event_type\":\"call.end\",\"session_id\":\"" + "x".repeat(300) + "\",\"payload\":{}}",
        "{\"event_type\":\"call.end\",\"session_id\":\"a\\u0000b\",\"payload\":{}}",
        "{\"event_type\":\"call.end\",\"session_id\":\"\\ud800\",\"payload\":{}}",
        "{\"event_type\":\"call.end\",\"session_id\":\"c\",\"payload\":{}",
        "{\"event_type\":\"call.end\",\"session_id\":\"c\",\"payload\":[]}",
        "{\"uid\":\"c\",\"call_state\":\"11\"}",
        "{\"uid\":\"c\",\"call_state\":\"1\",\"call_state\":\"2\"}",
        "[1,2]",
        "myoperator=%zz",
        "hello");
  }

  @ParameterizedTest
  @MethodSource("hostileBodies")
  void hostileBodyIsUnreadWithAReason(String body) {
    assertThat(decode(Samples.post(body)))
        .isInstanceOfSatisfying(Unread.class, it -> assertThat(it.reason()).isNotBlank());
  }

  @Test
  void brokenUtf8IsUnread() {
    var body = "{\"uid\":\"\u00e9\",\"call_state\":\"1\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(decode(new KeptRequest(Samples.NOW, "POST", "", "", Bytes.wrap(body))))
        .isInstanceOf(Unread.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"state=1", "call_state=1", "uid=&call_state=1", "uid=c&call_state=x"})
  void getThatDoesNotTellACallIsUnread(String query) {
    assertThat(decode(Samples.get(query))).isInstanceOf(Unread.class);
  }

  private static DecodeRequest.Decoded decode(KeptRequest request) {
    return DecodeRequest.of(request, Map.of(), TellAs.V1);
  }

  private static String form(String name, String value) {
    return FormEncoding.encode(List.of(new FormField(name, value)));
  }
}
