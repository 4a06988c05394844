package io.switchhook.source.asterisk.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchhook.event.Invariant;
import io.switchhook.source.SourceState.Hearing;
import io.switchhook.source.SourceTest.Finding;
import io.switchhook.source.SourceTest.Weight;
import io.switchhook.source.asterisk.ami.AmiMessage;
import io.switchhook.source.asterisk.line.Heard.What;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AmiLineTest {
  private static final LineSettings.Pace QUICK =
      new LineSettings.Pace(
          Duration.ofSeconds(5),
          Duration.ofMillis(200),
          Duration.ofMillis(10),
          Duration.ofMillis(50),
          Duration.ofMinutes(1));

  @TempDir Path folder;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private SpillQueue queue;

  @BeforeEach
  void open() throws IOException {
    queue = new SpillQueue(folder.resolve("spill"), SpillQueue.Limits.STANDARD);
  }

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void hearsEventsBehindASnapshotOfWhatWasThere() throws InterruptedException {
    try (var ami = FakeAmi.plain().channel("Uniqueid", "lab1-1.1", "Duration", "00:00:09");
        var line = line(ami)) {
      line.start();
      expect(What.CONNECTED);
      awaitSnapshot("lab1-1.1");
      ami.say("Event", "Newchannel", "Privilege", "call,all", "Uniqueid", "lab1-2.2");

      assertThat(nextEvent("Newchannel").message().text("Uniqueid")).isEqualTo("lab1-2.2");
      assertThat(line.state().hearing()).isEqualTo(Hearing.CONNECTED);
      assertThat(line.state().lastEventAt()).isNotNull();
    }
  }

  @Test
  void logsInPlainlyWhereNoChallengeIsKnown() throws InterruptedException {
    try (var ami = FakeAmi.plain().withoutChallenge();
        var line = line(ami)) {
      line.start();
      expect(What.CONNECTED);
    }
  }

  @Test
  void comesBackAfterTheConnectionBroke() throws InterruptedException {
    try (var ami = FakeAmi.plain();
        var line = line(ami)) {
      line.start();
      awaitSnapshot();
      ami.cut();

      expect(What.LOST);
      expect(What.CONNECTED);
      awaitSnapshot();
      assertThat(registry.get("switchhook.source.lost").counter().count()).isEqualTo(1);
    }
  }

  @Test
  void frozenServerIsNoticedAlthoughItsConnectionStaysOpen() throws InterruptedException {
    try (var ami = FakeAmi.plain();
        var line = line(ami)) {
      line.start();
      awaitSnapshot();
      ami.freeze();

      expect(What.LOST);
      assertThat(line.state().problems().getFirst()).contains("Asterisk");
      assertThat(line.state().hearing()).isEqualTo(Hearing.DEAF);
      ami.thaw();
      expect(What.CONNECTED);
    }
  }

  @Test
  void wrongSecretIsToldInWords() throws InterruptedException {
    try (var ami = FakeAmi.plain();
        var line = line(settings(ami, "wrong", false, null))) {
      line.start();
      var login = ami.awaitAction("Login");
      var _ = ami.awaitAction("Login");

      assertThat(login).doesNotContainValue("wrong");
      assertThat(line.state().hearing()).isEqualTo(Hearing.DEAF);
      assertThat(line.state().problems().getFirst())
          .contains("does not let in the account switchhook (Authentication failed)")
          .contains("permit and deny");
    }
  }

  @Test
  void missingRightsAreToldInWords() throws InterruptedException {
    try (var ami =
            FakeAmi.plain().denies("Originate").denies("CoreShowChannels").withoutSystemName();
        var line = line(ami)) {
      line.start();
      // Its snapshot is refused, so no end of one tells that the account was looked at.
      for (var problems = line.state().problems(); problems.size() < 3; ) {
        Thread.onSpinWait();
        problems = line.state().problems();
      }
      ami.say(
          "Event",
          "Newchannel",
          "Privilege",
          "call,all",
          "Uniqueid",
          "2.2",
          "ChanVariable",
          "SWH_REF=");
      var _ = nextEvent("Newchannel");

      assertThat(String.join("\n", line.state().problems()))
          .contains("The account lacks originate in write")
          .contains("The account lacks reporting in write")
          .contains("asterisk.conf has no systemname")
          .contains("timestampevents = yes")
          .contains("Events do not carry DID, which the settings use: add it to channelvars");
    }
  }

  @Test
  void tlsIsTrustedByTheCertificateThatTheSettingsName() throws InterruptedException {
    try (var ami = FakeAmi.encrypted(folder);
        var line = line(settings(ami, FakeAmi.SECRET, true, folder.resolve("ami.pem")))) {
      line.start();
      expect(What.CONNECTED);
    }
  }

  @Test
  void tlsIsRefusedUnderACertificateThatNobodyTrusts() {
    try (var ami = FakeAmi.encrypted(folder)) {
      assertThatThrownBy(() -> OpenSocket.open(settings(ami, FakeAmi.SECRET, true, null)))
          .isInstanceOf(LineException.class)
          .hasMessageContaining("TLS with 127.0.0.1")
          .hasMessageContaining("tls-certificate");
    }
  }

  @Test
  void nobodyListeningIsToldInWords() {
    // Not a port that was free a moment ago: somebody else may have it by now.
    assertThatThrownBy(
            () -> OpenSocket.open(new LineSettings("127.0.0.1", 1, false, null, "u", "s", QUICK)))
        .hasMessageContaining("Nothing listens at 127.0.0.1:1")
        .hasMessageContaining("enabled = yes");
  }

  @Test
  void trialSaysWhatIsMissing() throws InterruptedException {
    try (var ami = FakeAmi.plain().denies("Originate");
        var line = line(ami)) {
      line.start();
      awaitSnapshot();
      var talker =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      // The third login is that of the trial itself, or its last question.
                      var _ = ami.awaitAction("CoreSettings");
                      var _ = ami.awaitAction("CoreSettings");
                      ami.say("Event", "Newstate", "Privilege", "call,all");
                    } catch (InterruptedException _) {
                      Thread.currentThread().interrupt();
                    }
                  });
      var found = TryLine.run(settings(ami, FakeAmi.SECRET, false, null), wants(), line);
      talker.join();

      assertThat(found).extracting(Finding::weight).contains(Weight.FINE, Weight.WRONG);
      assertThat(found.getFirst().words()).contains("Asterisk Call Manager/5.0.4");
      assertThat(found)
          .filteredOn(it -> it.weight() == Weight.WRONG)
          .singleElement()
          .satisfies(it -> assertThat(it.words()).contains("originate in write"));
    }
  }

  @Test
  void fieldWithALineBreakIsNeverSent() throws InterruptedException {
    try (var ami = FakeAmi.plain();
        var line = line(ami)) {
      line.start();
      awaitSnapshot();
      awaitConnected(line);

      assertThatThrownBy(
              () -> line.ask(AmiMessage.of("Action", "Ping", "Name", "a\r\nAction: Logoff")))
          .isInstanceOf(Invariant.Broken.class);
    }
  }

  @Test
  void answerGoesToWhoAsked() throws Exception {
    try (var ami = FakeAmi.plain();
        var line = line(ami)) {
      line.start();
      awaitSnapshot();
      awaitConnected(line);
      var reply =
          line.ask(AmiMessage.of("Action", "Originate", "ActionID", "swh-1"))
              .get(10, TimeUnit.SECONDS);

      assertThat(reply.isSuccess()).isTrue();
      assertThat(ami.awaitAction("Originate")).containsEntry("ActionID", "swh-1");
    }
  }

  private static void awaitConnected(AmiLine line) {
    while (!line.isConnected()) {
      Thread.onSpinWait();
    }
  }

  private AmiLine line(FakeAmi ami) {
    return line(settings(ami, FakeAmi.SECRET, false, null));
  }

  private AmiLine line(LineSettings settings) {
    return new AmiLine(
        "lab",
        settings,
        wants(),
        new AmiLine.Parts(
            queue,
            new LineMeters(registry, "lab"),
            InstantSource.system(),
            new SplittableRandom(1)));
  }

  private static AmiLine.Wants wants() {
    return new AmiLine.Wants(/* originate= */ true, Set.of("SWH_REF", "DID"));
  }

  private static LineSettings settings(
      FakeAmi ami, String secret, boolean tls, @Nullable Path certificate) {
    return new LineSettings("127.0.0.1", ami.port(), tls, certificate, "switchhook", secret, QUICK);
  }

  private void expect(What what) throws InterruptedException {
    while (true) {
      if (next().what() == what) {
        return;
      }
    }
  }

  private void awaitSnapshot(String... uniqueids) throws InterruptedException {
    var seen = new java.util.HashSet<String>();
    for (var heard = next(); heard.what() != What.SNAPSHOT_END; heard = next()) {
      if (heard.what() == What.CHANNEL) {
        seen.add(heard.message().text("Uniqueid"));
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(uniqueids);
  }

  private Heard nextEvent(String name) throws InterruptedException {
    while (true) {
      var heard = next();
      if (heard.what() == What.EVENT && heard.message().event().equals(name)) {
        return heard;
      }
    }
  }

  private Heard next() throws InterruptedException {
    return queue.poll(20_000).orElseThrow(() -> new AssertionError("nothing was heard"));
  }
}
