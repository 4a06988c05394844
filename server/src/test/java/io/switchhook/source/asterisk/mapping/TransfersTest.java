package io.switchhook.source.asterisk.mapping;

import static io.switchhook.source.asterisk.mapping.FakeAsterisk.A;
import static io.switchhook.source.asterisk.mapping.FakeAsterisk.B;
import static io.switchhook.source.asterisk.mapping.FakeAsterisk.CARRIER;
import static io.switchhook.source.asterisk.mapping.FakeAsterisk.DESK_101;
import static io.switchhook.source.asterisk.mapping.FakeAsterisk.DESK_102;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransfersTest {
  private final FakeAsterisk pbx = new FakeAsterisk(Laboratory.settings());

  /** A customer talks to 101 in the bridge b1, and 101 has asked 102 on a second line, in b2. */
  private void consult() {
    pbx.customerCalls("c")
        .rings("c", "u1", DESK_101)
        .answers("c", "u1")
        .enter("b1", "u1", "c")
        .deskDials("d", DESK_101)
        .rings("d", "u2", DESK_102)
        .answers("d", "u2")
        .enter("b2", "u2", "d");
  }

  @Test
  void colleagueIsToldWhenTheCustomerIsJoined() {
    consult();
    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + "] 6[" + A + "]");

    pbx.enter("b2", "c").hangUpAll("u1", "d");
    pbx.say("AttendedTransfer", transfer("u1", "d"));
    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + "] 6[" + A + "] 5[" + B + "] 6[" + B + "]");

    pbx.hangUpAll("c", "u2");
    assertThat(pbx.states("c"))
        .isEqualTo("1 5[" + A + "] 6[" + A + "] 5[" + B + "] 6[" + B + "] 2");
    assertThat(pbx.play.uids()).containsExactly("lab.c");
    assertThat(pbx.afterCall("c"))
        .contains("\"_tt\":[{\"_id\":\"u102\"")
        .contains(
            "\"_us\":[{\"ky\":\"u101\",\"vl\":\"transferred\"},{\"ky\":\"u102\",\"vl\":\"received\"}]");
  }

  @Test
  void colleagueWhoEntersTheCustomersBridgeIsToldToo() {
    consult();

    pbx.say("AttendedTransfer", transfer("u1", "d"))
        .enter("b1", "u2")
        .hangUpAll("u1", "d", "c", "u2");

    assertThat(pbx.states("c"))
        .isEqualTo("1 5[" + A + "] 6[" + A + "] 5[" + B + "] 6[" + B + "] 2");
    assertThat(pbx.afterCall("c")).contains("\"_ac\":\"transferred\"");
  }

  @Test
  void bridgesThatLocalChannelLinksAreOneCall() {
    consult();

    pbx.born("l1", "l1", "Local/link-1;1", "ChannelState", "0")
        .born("l2", "l1", "Local/link-1;2", "ChannelState", "4")
        .enter("b1", "l1")
        .enter("b2", "l2")
        .hangUpAll("u1", "d");

    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + "] 6[" + A + "] 5[" + B + "] 6[" + B + "]");
  }

  @Test
  void transferThatIsGivenUpTellsNothing() {
    consult();

    pbx.hangUpAll("u2", "d").hangUpAll("c", "u1");

    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + "] 6[" + A + "] 2");
    assertThat(pbx.afterCall("c")).contains("\"_ac\":\"received\"").doesNotContain("u102");
  }

  @Test
  void colleagueWhomTheUsersOwnLegDialsIsToldWhenTheCustomerIsJoined() {
    pbx.customerCalls("c")
        .rings("c", "u1", DESK_101)
        .answers("c", "u1")
        .enter("b1", "u1", "c")
        .rings("u1", "u2", DESK_102)
        .answers("u1", "u2");
    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + "] 6[" + A + "]");

    pbx.enter("b1", "u2").hangUp("u1", 16).hangUpAll("c", "u2");
    assertThat(pbx.states("c"))
        .isEqualTo("1 5[" + A + "] 6[" + A + "] 5[" + B + "] 6[" + B + "] 2");
  }

  /** 101 asks 102 by Asterisk's own transfer: a Local channel that nobody dials, in the call. */
  private void askWithinTheCall() {
    pbx.customerCalls("c")
        .rings("c", "u1", DESK_101)
        .answers("c", "u1")
        .enter("b1", "u1", "c")
        .born("l1", "c", "Local/102@agents-0;1", "ChannelState", "0")
        .born("l2", "c", "Local/102@agents-0;2", "ChannelState", "4");
  }

  @Test
  void colleagueWhoIsAskedWithinTheCallAndDoesNotAnswerIsNotTold() {
    askWithinTheCall();

    pbx.enter("b2", "l1", "u1").rings("l2", "u2", DESK_102).later(Duration.ofSeconds(2));
    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + "] 6[" + A + "]");

    pbx.enter("b1", "u1").dialEnds("l2", "u2", "CANCEL").hangUpAll("l1", "u2", "l2", "u1", "c");
    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + "] 6[" + A + "] 2");
    assertThat(pbx.afterCall("c")).contains("\"_ac\":\"received\"").doesNotContain("u102");
  }

  @Test
  void bridgeThatIsHeardBehindTheRingingTellsTheQuestionToo() {
    askWithinTheCall();

    pbx.every(Duration.ofMillis(5))
        .rings("l2", "u2", DESK_102)
        .enter("b2", "l1", "u1")
        .later(Duration.ofSeconds(2));
    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + "] 6[" + A + "]");

    pbx.enter("b1", "u1").dialEnds("l2", "u2", "CANCEL").hangUpAll("l1", "u2", "l2", "u1", "c");
    assertThat(pbx.afterCall("c")).doesNotContain("u102");
  }

  @Test
  void colleagueWhoIsAskedWithinTheCallIsToldWhenTheCustomerIsJoined() {
    askWithinTheCall();

    pbx.enter("b2", "l1", "u1")
        .rings("l2", "u2", DESK_102)
        .answers("l2", "u2")
        .enter("b3", "u2", "l2");
    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + "] 6[" + A + "]");

    pbx.say("BridgeLeave", pbx.channel("u1")).enter("b1", "l1").hangUpAll("u1");
    pbx.say("AttendedTransfer", transfer("u1", "u1")).hangUpAll("c", "l1", "l2", "u2");
    assertThat(pbx.states("c"))
        .isEqualTo("1 5[" + A + "] 6[" + A + "] 5[" + B + "] 6[" + B + "] 2");
    assertThat(pbx.afterCall("c"))
        .contains(
            "\"_us\":[{\"ky\":\"u101\",\"vl\":\"transferred\"},{\"ky\":\"u102\",\"vl\":\"received\"}]");
  }

  @Test
  void colleagueRingsForTheCustomerWhenTheUserLeavesBeforeTheAnswer() {
    askWithinTheCall();

    pbx.enter("b2", "l1", "u1").rings("l2", "u2", DESK_102).later(Duration.ofSeconds(1));
    pbx.enter("b1", "l1").hangUpAll("u1");
    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + "] 6[" + A + "] 5[" + B + "]");

    pbx.answers("l2", "u2").enter("b3", "u2", "l2").hangUpAll("c", "l1", "l2", "u2");
    assertThat(pbx.states("c"))
        .isEqualTo("1 5[" + A + "] 6[" + A + "] 5[" + B + "] 6[" + B + "] 2");
  }

  @Test
  void userWhomLocalChannelReachesForTheCustomerIsToldAtOnce() {
    pbx.customerCalls("c")
        .born("l1", "c", "Local/101@agents-0;1", "ChannelState", "0")
        .born("l2", "c", "Local/101@agents-0;2", "ChannelState", "4")
        .rings("l2", "u1", DESK_101)
        .dials("c", "l1", "101@agents");

    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + "]");
  }

  @Test
  void joinedCallWithoutLegNamesTheSurvivorToo() {
    pbx.customerCalls("c")
        .rings("c", "u1", DESK_101)
        .answers("c", "u1")
        .enter("b1", "u1", "c")
        .customerCalls("e")
        .enter("b1", "e");

    assertThat(pbx.states("e")).isEqualTo("1 2");
    assertThat(pbx.afterCall("e"))
        .contains("\"_ld\":[{\"_rst\":")
        .contains("\"_rr\":[],\"_tt\":[{\"_id\":\"lab.c\"")
        .contains("\"_ac\":\"transferred\"")
        .contains("\"_us\":[],\"_tc\":[]");
  }

  @Test
  void youngerOfTwoToldCallsEndsAndNamesTheSurvivor() {
    pbx.customerCalls("c")
        .rings("c", "u1", DESK_101)
        .answers("c", "u1")
        .enter("b1", "u1", "c")
        .deskDials("d", DESK_101)
        .made("k", "d", CARRIER)
        .dials("d", "k", "9876543210@carrier")
        .answers("d", "k")
        .enter("b2", "k", "d");
    assertThat(pbx.states("d")).isEqualTo("3[" + A + "] 6[" + A + "]");

    pbx.enter("b2", "c").hangUpAll("u1", "d");
    assertThat(pbx.states("d")).isEqualTo("3[" + A + "] 6[" + A + "] 2");
    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + "] 6[" + A + "]");
    assertThat(pbx.afterCall("d"))
        .contains("\"_tt\":[{\"_id\":\"lab.c\"")
        .contains("\"_ac\":\"transferred\"");

    pbx.hangUpAll("c", "k");
    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + "] 6[" + A + "] 2");
    assertThat(pbx.states("d")).isEqualTo("3[" + A + "] 6[" + A + "] 2");
  }

  @Test
  void parkedCustomersAreNotJoined() {
    pbx.customerCalls("c").customerCalls("e");
    for (var id : List.of("c", "e")) {
      var fields = new ArrayList<>(pbx.channel(id));
      fields.addAll(List.of("BridgeUniqueid", "lot", "BridgeTechnology", "holding_bridge"));
      pbx.say("BridgeEnter", fields);
    }

    pbx.hangUp("c", 16);
    assertThat(pbx.states("c")).isEqualTo("1 2");
    assertThat(pbx.states("e")).isEqualTo("1");
  }

  private static List<String> transfer(String first, String second) {
    return List.of(
        "Result", "Success", "OrigTransfererUniqueid", first, "SecondTransfererUniqueid", second);
  }
}
