package io.switchhook.source.asterisk.mapping;

import static io.switchhook.source.asterisk.mapping.FakeAsterisk.A;
import static io.switchhook.source.asterisk.mapping.FakeAsterisk.B;
import static io.switchhook.source.asterisk.mapping.FakeAsterisk.CARRIER;
import static io.switchhook.source.asterisk.mapping.FakeAsterisk.DESK_101;
import static io.switchhook.source.asterisk.mapping.FakeAsterisk.DESK_102;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.source.SeenChannel;
import io.switchhook.source.SeenChannel.Understood;
import io.switchhook.source.asterisk.AsteriskSettings.ClickToCallStates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls that no recording has. */
class CallsTest {
  private FakeAsterisk pbx = new FakeAsterisk(Laboratory.settings());

  @Test
  void usersRungWithinFiftyMillisecondsAreToldTogether() {
    pbx.customerCalls("c")
        .every(Duration.ofMillis(10))
        .rings("c", "u1", DESK_101)
        .rings("c", "u2", DESK_102)
        .every(Duration.ofSeconds(1))
        .answers("c", "u2")
        .dialEnds("c", "u1", "CANCEL")
        .hangUp("u1", 26)
        .hangUpAll("u2", "c");

    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + ", " + B + "] 6[" + B + "] 2");
    assertThat(pbx.afterCall("c")).contains("\"_ds\":\"CANCEL\"", "\"_ds\":\"ANSWER\"");
  }

  @Test
  void userRungLaterIsToldAlone() {
    pbx.customerCalls("c").rings("c", "u1", DESK_101).rings("c", "u2", DESK_102);

    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + "] 5[" + B + "]");
  }

  @Test
  void callThatDeskPhoneDialsIsClickToCall() {
    pbx.deskDials("d", DESK_101)
        .made("k", "d", CARRIER)
        .dials("d", "k", "09711636496@carrier")
        .every(Duration.ofSeconds(2))
        .answers("d", "k")
        .hangUpAll("k", "d");

    assertThat(pbx.states("d")).isEqualTo("3[" + A + "] 6[" + A + "] 2");
    var log = Play.log(pbx.last());
    assertThat(log.clidRaw()).isEqualTo("919711636496");
    assertThat(log.clid()).isEqualTo("9711636496");
    assertThat(log.event()).isEqualTo("2");
    assertThat(log.status()).isEqualTo("1");
    assertThat(log.rdnis()).isEqualTo("unknown");
    assertThat(pbx.afterCall("d"))
        .contains("\"_ns\":\"1\"", "\"_tc\":[{\"ye\":\"u101\",\"yf\":2}]");
  }

  @Test
  void customerThatDeclinesIsToldAtTheHangupOfItsLeg() {
    pbx.deskDials("d", DESK_101)
        .made("k", "d", CARRIER)
        .dials("d", "k", "9711636496@carrier")
        .dialEnds("d", "k", "NOANSWER");
    assertThat(pbx.states("d")).isEqualTo("3[" + A + "]");

    pbx.hangUp("k", 21);
    assertThat(pbx.states("d")).isEqualTo("3[" + A + "] 7[" + A + "]");
    pbx.hangUp("d", 16);
    assertThat(pbx.states("d")).isEqualTo("3[" + A + "] 7[" + A + "]");
  }

  @Test
  void secondTrunkThatIsStillRungMayAnswer() {
    pbx.deskDials("d", DESK_101)
        .made("k1", "d", CARRIER)
        .dials("d", "k1", "9711636496@carrier")
        .made("k2", "d", CARRIER)
        .dials("d", "k2", "9711636496@carrier")
        .dialEnds("d", "k1", "BUSY")
        .hangUp("k1", 17)
        .answers("d", "k2")
        .hangUpAll("k2", "d");

    assertThat(pbx.states("d")).isEqualTo("3[" + A + "] 6[" + A + "] 2");
  }

  @Test
  void callBetweenUsersIsNotTold() {
    pbx.deskDials("d", DESK_101)
        .rings("d", "u2", DESK_102)
        .answers("d", "u2")
        .enter("b", "u2", "d")
        .hangUpAll("u2", "d");

    assertThat(pbx.play.records()).isEmpty();
    assertThat(pbx.play.mapping.seenChannels().ignored())
        .containsEntry("a user's channel that was in no call with a customer", 2L);
  }

  @Test
  void callBetweenUsersIsToldWhereItShallBe() {
    pbx = new FakeAsterisk(Variants.withInternalCalls(Laboratory.settings()));
    pbx.deskDials("d", DESK_101)
        .rings("d", "u2", DESK_102)
        .answers("d", "u2")
        .enter("b", "u2", "d")
        .hangUpAll("u2", "d");

    assertThat(pbx.states("d")).isEqualTo("1 5[" + B + "] 6[" + B + "] 2");
    assertThat(Play.log(pbx.last()).clidRaw()).isEqualTo(A);
  }

  @Test
  void strictClickToCallTellsNoOtherStates() {
    pbx = new FakeAsterisk(Variants.with(Laboratory.settings(), ClickToCallStates.STRICT));
    pbx.deskDials("d", DESK_101)
        .made("k", "d", CARRIER)
        .dials("d", "k", "9711636496@carrier")
        .answers("d", "k")
        .hangUpAll("k", "d");

    assertThat(pbx.states("d")).isEqualTo("3[" + A + "]");
    assertThat(pbx.afterCall("d")).contains("\"_su\":1,");
  }

  @Test
  void mobileIsKnownByWhatWasDialled() {
    pbx.customerCalls("c")
        .made("m", "c", CARRIER)
        .dials("c", "m", "918586848544@carrier")
        .answers("c", "m")
        .hangUpAll("m", "c");
    assertThat(pbx.states("c")).isEqualTo("1 2");

    pbx = new FakeAsterisk(Variants.withMobile(Laboratory.settings()));
    pbx.customerCalls("c")
        .made("m", "c", CARRIER)
        .dials("c", "m", "918586848544@carrier")
        .answers("c", "m")
        .hangUpAll("m", "c");
    assertThat(pbx.states("c")).isEqualTo("1 5[918586848544] 6[918586848544] 2");
  }

  @Test
  void userBehindLocalChannelIsToldOnceWhenTheDeviceIsDialled() {
    pbx.customerCalls("c")
        .made("l1", "c", "Local/101@hunt-1;1")
        .born("l2", "c", "Local/101@hunt-1;2", "ChannelState", "4")
        .dials("c", "l1", "101@hunt")
        .rings("l2", "u1", DESK_101)
        .answers("l2", "u1")
        .answers("c", "l1")
        .enter("b1", "u1", "l2")
        .enter("b2", "l1", "c")
        .hangUpAll("l2", "l1", "u1", "c");

    assertThat(pbx.states("c")).isEqualTo("1 5[" + A + "] 6[" + A + "] 2");
  }

  @Test
  void membersNameReachesThroughLocalChannelToMobile() {
    pbx = new FakeAsterisk(Variants.withMobile(Laboratory.settings()));
    pbx.customerCalls("c")
        .made("l1", "c", "Local/77@queue-1;1")
        .born("l2", "c", "Local/77@queue-1;2", "ChannelState", "4")
        .say("AgentCalled", agentCalled("c", "l1"))
        .made("m", "c", CARRIER)
        .dials("l2", "m", "0@carrier")
        .answers("l2", "m")
        .hangUpAll("l2", "l1", "m", "c");

    assertThat(pbx.states("c")).isEqualTo("1 5[918586848544] 6[918586848544] 2");
    assertThat(pbx.play.mapping.seenChannels().last())
        .filteredOn(seen -> seen.id().equals("m"))
        .extracting(SeenChannel::understood)
        .containsExactly(Understood.USER);
  }

  private static List<String> agentCalled(String from, String to) {
    return List.of(
        "Channel",
        from,
        "Uniqueid",
        from,
        "DestUniqueid",
        to,
        "MemberName",
        "Field 201",
        "Interface",
        "Local/77@queue");
  }

  @Test
  void lastTwoHundredChannelsAreKept() {
    for (var i = 0; i < 250; i++) {
      pbx.born("x" + i, "x" + i, "Foo/unknown", "ChannelState", "4").hangUp("x" + i, 16);
    }

    assertThat(pbx.play.records()).isEmpty();
    assertThat(pbx.play.mapping.seenChannels().last())
        .hasSize(200)
        .allMatch(seen -> seen.understood() == Understood.IGNORED);
    assertThat(pbx.play.mapping.seenChannels().last().getLast().id()).isEqualTo("x249");
    assertThat(pbx.play.mapping.seenChannels().ignored().values()).containsExactly(250L);
    assertThat(pbx.play.mapping.openCalls()).isZero();
  }

  @Test
  void trunkInAnotherContextIsNoIncomingCall() {
    pbx = new FakeAsterisk(Variants.withInboundContexts(Laboratory.settings(), "from-carrier"));
    pbx.born("c", "c", CARRIER, "ChannelState", "4", "Context", "internal").hangUp("c", 16);
    pbx.born("e", "e", CARRIER, "ChannelState", "4", "Context", "from-carrier").hangUp("e", 16);

    assertThat(pbx.states("c")).isEmpty();
    assertThat(pbx.states("e")).isEqualTo("1 2");
    assertThat(Play.log(pbx.last()).clid()).isEqualTo("anonymous");
  }

  @Test
  void variablesTellTheClientsReferenceTheRecordingAndTheMailbox() {
    pbx = new FakeAsterisk(Variants.withRecordings(Laboratory.settings()));
    pbx.customerCalls("c")
        .say("Newstate", variables("c", "SWH_REF=r-7", "MIXMONITOR_FILENAME=/var/rec/2026/a b.wav"))
        .say("CEL", List.of("Uniqueid", "c", "Linkedid", "c", "Application", "VoiceMail"))
        .hangUp("c", 16);

    assertThat(pbx.states("c")).isEqualTo("1 2");
    assertThat(Play.log(pbx.last()).status()).isEqualTo("3");
    assertThat(pbx.afterCall("c"))
        .contains("\"_su\":3,", "\"_fn\":\"a b.wav\"", "a%20b.wav", "\"_cri\":\"r-7\"");
  }

  private List<String> variables(String id, String... values) {
    var fields = new ArrayList<>(pbx.channel(id));
    for (var value : values) {
      fields.add("ChanVariable");
      fields.add(value);
    }
    return fields;
  }
}
