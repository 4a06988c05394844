package io.switchhook.source.asterisk.mapping;

import static io.switchhook.source.asterisk.mapping.FakeAsterisk.A;
import static io.switchhook.source.asterisk.mapping.FakeAsterisk.B;
import static io.switchhook.source.asterisk.mapping.FakeAsterisk.DESK_101;
import static io.switchhook.source.asterisk.mapping.FakeAsterisk.DESK_102;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.source.AssembleAfterCall;
import io.switchhook.source.asterisk.OriginateRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconnectTest {
  private static final String UP = "6";
  private final FakeAsterisk pbx = new FakeAsterisk(Laboratory.settings());

  @Test
  void callThatEndedMeanwhileEndsReconstructed() {
    pbx.customerCalls("c").rings("c", "u1", DESK_101).answers("c", "u1").snapshot();

    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + "] 6[" + A + "] 2");
    assertThat(pbx.isReconstructed(pbx.last())).isTrue();
    assertThat(Play.log(pbx.last()).status()).isEqualTo("1");
    assertThat(pbx.afterCall("c")).contains("\"_su\":1,");
    assertThat(pbx.play.mapping.openCalls()).isZero();
  }

  @Test
  void callThatGoesOnGoesOn() {
    pbx.customerCalls("c").rings("c", "u1", DESK_101);
    pbx.later(Duration.ofSeconds(1))
        .snapshot(pbx.listed("c", UP, "b"), pbx.listed("u1", UP, "b"))
        .hangUpAll("u1", "c");

    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + "] 6[" + A + "] 2");
    assertThat(pbx.isReconstructed(pbx.last())).isFalse();
  }

  @Test
  void whoTookOverMeanwhileIsTold() {
    pbx.customerCalls("c").rings("c", "u1", DESK_101).answers("c", "u1").enter("b1", "u1", "c");
    var other = new FakeAsterisk(Laboratory.settings()).made("u2", "c", DESK_102);
    pbx.snapshot(pbx.listed("c", UP, "b2"), other.listed("u2", UP, "b2")).hangUpAll("c", "u2");

    assertThat(pbx.states("c"))
        .isEqualTo("1 5[" + A + "] 6[" + A + "] 5[" + B + "] 6[" + B + "] 2");
  }

  @Test
  void customerWhoCameMeanwhileIsTold() {
    var other = new FakeAsterisk(Laboratory.settings()).customerCalls("c");
    pbx.snapshot(other.listed("c", "4", ""));

    assertThat(pbx.states("c")).isEqualTo("1");
    assertThat(pbx.isReconstructed(pbx.last())).isTrue();
  }

  @Test
  void lateSnapshotBringsNoChannelBackAndEndsNoneThatWasHeardSince() {
    pbx.customerCalls("c").hangUp("c", 16).customerCalls("e");
    var asked = pbx.play.now.minusSeconds(1);
    pbx.play.step(new Input.Snapshot(List.of(pbx.listed("c", UP, "")), asked, pbx.play.now));

    assertThat(pbx.states("c")).isEqualTo("1 2");
    assertThat(pbx.states("e")).isEqualTo("1");
  }

  @Test
  void restartEndsAllCalls() {
    pbx.customerCalls("c").customerCalls("e");
    pbx.play.step(new Input.Restarted(pbx.play.now));

    assertThat(pbx.states("c")).isEqualTo("1 2");
    assertThat(pbx.states("e")).isEqualTo("1 2");
    assertThat(pbx.play.mapping.nextDue()).isEmpty();
  }

  @Test
  void tooOldCallEndsOnce() {
    pbx.customerCalls("c");
    assertThat(pbx.play.mapping.nextDue()).contains(pbx.play.now.plus(Duration.ofHours(4)));

    pbx.later(Duration.ofHours(4));
    assertThat(pbx.states("c")).isEqualTo("1 2");
    pbx.hangUp("c", 16).snapshot(pbx.listed("c", UP, ""));
    assertThat(pbx.states("c")).isEqualTo("1 2");
  }

  @Test
  void newProcessGoesOnWithTheCallsOfTheJournal() {
    pbx.customerCalls("c").rings("c", "u1", DESK_101).answers("c", "u1").customerCalls("e");
    pbx.later(Duration.ofSeconds(1));
    var next = new FakeAsterisk(Laboratory.settings());
    var open = remembered("c");
    next.play.step(new Input.Remembered(List.of(open, remembered("e")), next.play.now));
    next.snapshot(pbx.listed("c", UP, "b"), pbx.listed("u1", UP, "b"))
        .born("c", "c", "PJSIP/carrier")
        .hangUpAll("u1", "c");

    assertThat(open.isConnected()).isTrue();
    assertThat(next.states("c")).isEqualTo("2");
    assertThat(next.states("e")).isEqualTo("2");
    var both = new ArrayList<>(pbx.play.kept());
    both.addAll(next.play.kept());
    var mine = both.stream().filter(it -> it.call().uid().equals("lab.c")).toList();
    assertThat(OpenCalls.of("lab", mine)).isEmpty();
    var log = AssembleAfterCall.of(mine.getFirst().call(), mine).orElseThrow();
    assertThat(log.body().utf8()).contains("\"_su\":1,", "\"vl\":\"received\"");
  }

  @Test
  void joinedCallWhoseEndWasLostInCrashIsEndedAfterwards() {
    pbx.customerCalls("c").customerCalls("e").enter("b", "c", "e");
    var mine = pbx.play.kept().stream().filter(it -> it.call().uid().equals("lab.e")).toList();
    var upToJoin =
        mine.stream().takeWhile(it -> !it.body().utf8().contains("\"call_state\":\"2\"")).toList();
    assertThat(upToJoin.getLast().body().utf8()).contains("joined");

    var next = new FakeAsterisk(Laboratory.settings());
    next.play.step(new Input.Remembered(OpenCalls.of("lab", upToJoin), next.play.now));
    next.snapshot();

    assertThat(next.states("e")).isEqualTo("2");
    assertThat(OpenCalls.of("lab", mine)).isEmpty();
  }

  @Test
  void callOfAnotherSourceIsNotRemembered() {
    pbx.customerCalls("c");

    assertThat(OpenCalls.of("other", pbx.play.kept())).isEmpty();
  }

  @Test
  void requestOfWhichNothingIsHeardIsTold() {
    pbx.play.step(new Input.Asked(request("r1"), pbx.play.now));
    pbx.play.step(new Input.Asked(request("r2"), pbx.play.now));
    pbx.play.step(new Input.Refused("a-r2", pbx.play.now));
    pbx.later(Duration.ofMinutes(2));

    assertThat(pbx.play.states()).containsOnlyKeys("r1");
    assertThat(pbx.play.states().values()).containsExactly("3[" + A + "] 9[" + A + "]");
    assertThat(pbx.isReconstructed(pbx.last())).isTrue();
    assertThat(pbx.play.outputs).hasAtLeastOneElementOfType(Output.Began.class);
  }

  @Test
  void requestWhoseCallIsRememberedIsNoNewCall() {
    pbx.play.step(new Input.Asked(request("r1"), pbx.play.now));
    pbx.made("r1", "r1", DESK_101).dials("", "r1", "agent101");
    var kept = pbx.play.kept();
    var next = new FakeAsterisk(Laboratory.settings());
    var open = OpenCalls.of("lab", kept).getFirst();
    next.play.step(new Input.Remembered(List.of(open), next.play.now));
    next.play.step(new Input.Asked(request("r1"), next.play.now));
    next.snapshot(pbx.listed("r1", "5", "")).later(Duration.ofMinutes(3));
    assertThat(next.play.told()).isEmpty();

    next.made("r1", "r1", DESK_101).hangUp("r1", 16);
    assertThat(next.play.states()).containsEntry("r1", "9[" + A + "]");
  }

  private OpenCall remembered(String id) {
    var kept = pbx.play.kept().stream().filter(it -> it.call().uid().equals("lab." + id)).toList();
    return OpenCalls.of("lab", kept).getFirst();
  }

  private static OriginateRequest request(String id) {
    return new OriginateRequest(
        OriginateRequest.Type.CLICK_TO_CALL,
        "ref-" + id,
        "",
        "",
        "u101",
        "+919711636496",
        "a-" + id,
        "acc-" + id,
        id,
        "PJSIP/agent101");
  }
}
