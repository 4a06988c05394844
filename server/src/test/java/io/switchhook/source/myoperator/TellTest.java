package io.switchhook.source.myoperator;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.calllog.AfterCallLog;
import io.switchhook.calllog.CallLog;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.EnvelopeReader;
import io.switchhook.calllog.ReadResult;
import io.switchhook.event.Kind;
import io.switchhook.journal.Flag;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TellTest {
  @Test
  void storyOfSecondGenerationIsToldInTheFirst() {
    var made = Samples.told(TellAs.V1, story());

    Samples.checkGolden("answered-call.v1.txt", made);
    assertThat(states(made)).containsExactly("1", "5", "5", "6", "2");
    assertThat(made.stream().map(Made::kind))
        .containsExactly(
            Kind.IN_CALL,
            Kind.IN_CALL,
            Kind.IN_CALL,
            Kind.IN_CALL,
            Kind.IN_CALL,
            Kind.AFTER_CALL,
            Kind.DISPOSITION);
  }

  @Test
  void missedCampaignCallIsToldAsOne() {
    Samples.checkGolden(
        "missed-obd-call.v1.txt", Samples.told(TellAs.V1, List.of(event("obd-summary-missed"))));
  }

  @Test
  void campaignCallWhoseFirstPartyDoesNotAnswerEndsWithFour() {
    var initiated = v2("call.initiated", 1, "\"category\":\"obd\",\"legs\":[]");
    var ended =
        v2(
            "call.end",
            2,
            "\"category\":\"obd\",\"status\":\"missed\",\"legs\":[{\"leg_index\":1,\"type\":\"customer\","
                + "\"result\":\"not_answered\",\"dial_status\":\"NOANSWER\"}]");

    assertThat(states(Samples.told(TellAs.V1, List.of(initiated, ended))))
        .containsExactly("1", "4");
  }

  @Test
  void clickToCallIsToldWithItsOwnStates() {
    var user = "{\"leg_index\":1,\"type\":\"agent\",\"phone_number\":\"+918586848544\",";
    var customer = "{\"leg_index\":2,\"type\":\"customer\",\"phone_number\":\"+919711636496\",";
    var initiated = v2("call.initiated", 1, "\"category\":\"oneway\",\"legs\":[]");

    assertThat(
            states(
                initiated,
                v2(
                    "call.end",
                    2,
                    "\"category\":\"oneway\",\"status\":\"missed\",\"legs\":["
                        + user
                        + "\"result\":\"not_answered\"}]")))
        .containsExactly("3", "9");
    assertThat(
            states(
                initiated,
                v2(
                    "call.end",
                    2,
                    "\"category\":\"oneway\",\"status\":\"missed\",\"legs\":["
                        + user
                        + "\"result\":\"answered\"},"
                        + customer
                        + "\"result\":\"not_answered\",\"dial_status\":\"BUSY\"}]")))
        .containsExactly("3", "7");
  }

  @Test
  void callWhoseEndIsMissingEndsWithItsSummaryAndOnlyOnce() {
    var made =
        Samples.told(
            TellAs.V1,
            List.of(event("initiated"), event("dial-begin"), event("summary"), event("end")));

    assertThat(states(made)).containsExactly("1", "5", "2");
    assertThat(made.get(2).flags()).isEqualTo(Flag.RECONSTRUCTED.bit());
    assertThat(made.getLast().kind()).isEqualTo(Kind.NOTE);
  }

  @Test
  void endHasOneIdentityWhicheverEventTellsIt() {
    var byEnd = Samples.told(TellAs.V1, List.of(event("initiated"), event("end"))).getLast();
    var bySummary = Samples.told(TellAs.V1, List.of(event("initiated"), event("summary"))).get(1);

    assertThat(bySummary.identity()).isEqualTo(byEnd.identity());
  }

  @Test
  void summaryAloneTellsNoStates() {
    assertThat(Samples.told(TellAs.V1, List.of(event("summary"))).stream().map(Made::kind))
        .containsExactly(Kind.AFTER_CALL);
  }

  @Test
  void whatComesAfterTheEndIsKeptAndNotTold() {
    var made =
        Samples.told(TellAs.V1, List.of(event("initiated"), event("end"), event("dial-begin")));

    assertThat(made.getLast().kind()).isEqualTo(Kind.NOTE);
    assertThat(made.getLast().json()).isEqualTo(Samples.v2("dial-begin"));
  }

  @Test
  void firstGenerationIsToldAsItCame() {
    var made = Samples.told(TellAs.V1, List.of(log(Samples.inCall()), log(Samples.afterCall())));

    assertThat(made.stream().map(Made::json))
        .containsExactly(Samples.inCall(), Samples.afterCall());
  }

  @Test
  void secondGenerationIsToldAsItCame() {
    var made = Samples.told(TellAs.V2, story());

    assertThat(made.stream().map(Made::json))
        .containsExactlyElementsOf(Samples.STORY.stream().map(Samples::v2).toList());
  }

  @Test
  void samplesOfFirstGenerationAreToldInTheSecond() {
    Samples.checkGolden(
        "samples.v2.txt",
        Samples.told(TellAs.V2, List.of(log(Samples.inCall()), log(Samples.afterCall()))));
  }

  @Test
  void storySurvivesTheWayToTheFirstGenerationAndBack() {
    var first = Samples.told(TellAs.V1, story());
    var back = Samples.told(TellAs.V2, first.stream().map(made -> log(made.json())).toList());

    var types =
        back.stream()
            .map(
                made ->
                    EnvelopeReader.fields(
                            made.json().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .orElseThrow())
            .toList();
    assertThat(types.stream().map(event -> event.text("event_type").orElse("")))
        .containsExactly(
            "call.initiated",
            "call.dial_begin",
            "call.dial_begin",
            "call.answered",
            "call.end",
            "call.summary",
            "disposition");
    var summary = types.get(5);
    var original =
        EnvelopeReader.fields(
                Samples.v2("summary").getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .orElseThrow();
    for (var field :
        List.of(
            "session_id",
            "company_id",
            "direction",
            "customer_identifier",
            "payload.status",
            "payload.category",
            "payload.duration",
            "payload.location",
            "payload.recording_filename",
            "payload.started_at",
            "payload.ended_at",
            "payload.legs.1.dial_status",
            "payload.legs.2.talk_duration",
            "payload.legs.2.agent.name")) {
      assertThat(summary.text(field)).as(field).isEqualTo(original.text(field));
    }
    var again = Samples.told(TellAs.V1, back.stream().map(made -> log(made.json())).toList());
    assertThat(states(again)).isEqualTo(states(first));
    assertThat(AfterCallLog.of(call(again.get(5))).legs().stream().map(AfterCallLog.Leg::duration))
        .containsExactlyElementsOf(
            AfterCallLog.of(call(first.get(5))).legs().stream()
                .map(AfterCallLog.Leg::duration)
                .toList());
  }

  private static List<VendorEvent> story() {
    return Samples.STORY.stream().map(TellTest::event).toList();
  }

  private static VendorEvent event(String name) {
    return log(Samples.v2(name));
  }

  private static VendorEvent log(String json) {
    return Samples.event(Samples.post(json));
  }

  private static VendorEvent v2(String type, int sequence, String payload) {
    return log(
        "{\"event_id\":\"%s\",\"event_type\":\"%s\",\"event_sequence\":%d,\"channel\":\"call\",\"direction\":\"outgoing\",\"session_id\":\"c.1\",\"customer_identifier\":\"+919711636496\",\"payload\":{%s}}"
            .formatted(type, type, sequence, payload));
  }

  private static List<String> states(VendorEvent... events) {
    return states(Samples.told(TellAs.V1, List.of(events)));
  }

  private static List<String> states(List<Made> made) {
    var states = new ArrayList<String>();
    made.stream()
        .filter(each -> each.kind() == Kind.IN_CALL)
        .forEach(each -> states.add(call(each).text("call_state").orElse("")));
    return states;
  }

  private static CallLog call(Made made) {
    var read = CallLogReader.read(made.json());
    assertThat(read).isInstanceOf(ReadResult.Read.class);
    return ((ReadResult.Read) read).log();
  }
}
