package io.switchhook.source.asterisk.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchhook.config.Section;
import io.switchhook.config.Section.Item;
import io.switchhook.config.SectionReader;
import io.switchhook.event.CompanyId;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.memory.MemoryJournal;
import io.switchhook.source.SourceParts;
import io.switchhook.source.StartsCalls.CallToStart;
import io.switchhook.source.StartsCalls.CallWay;
import io.switchhook.source.StartsCalls.Outcome;
import io.switchhook.source.asterisk.line.FakeAmi;
import io.switchhook.source.memory.MemoryFollowCursors;
import io.switchhook.source.sqlite.SqliteStartedCalls;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.DatabaseSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCallTest {
  private static final CompanyId COMPANY = new CompanyId("5cd40f6554442586");
  private static final String NUMBER = "97116 36496";

  @TempDir Path folder;
  private FakeAmi ami;
  private Database database;
  private AsteriskSource source;

  @BeforeEach
  void start() {
    ami = FakeAmi.plain();
    database =
        Database.open(
            DatabaseSettings.of(
                folder.resolve("state.db"),
                failure -> {
                  throw new AssertionError(failure);
                }));
    source = connected();
  }

  @AfterEach
  void stop() {
    source.close();
    database.close();
    ami.close();
  }

  @Test
  void asteriskIsAskedWithAChannelIdOfOurs() throws InterruptedException {
    var outcome = start(new CallToStart(CallWay.CLICK_TO_CALL, "101", NUMBER, "", "order-1"));

    var started = (Outcome.Started) outcome;
    assertThat(ami.awaitAction("Originate"))
        .containsEntry("Channel", "PJSIP/agent101")
        .containsEntry("Context", "c2c")
        .containsEntry("Exten", "919711636496")
        .containsEntry("ChannelId", "swh-" + started.referenceId())
        .containsEntry("Account", "order-1")
        .containsEntry("Async", "true");
    assertThat(started.uid()).isEqualTo("swh-" + started.referenceId());
  }

  @Test
  void obdGoesOnWhereItsIvrIs() throws InterruptedException {
    assertThat(start(new CallToStart(CallWay.OBD, "", NUMBER, "welcome", "")))
        .isInstanceOf(Outcome.Started.class);

    assertThat(ami.awaitAction("Originate"))
        .containsEntry("Channel", "PJSIP/+919711636496@carrier")
        .containsEntry("Context", "obd")
        .containsEntry("Exten", "s");
  }

  @Test
  void whatIsNotAllowedIsRefusedByField() {
    assertThat(refused(new CallToStart(CallWay.CLICK_TO_CALL, "u101", "+1 212 555 0123", "", "")))
        .containsExactly("number");
    assertThat(refused(new CallToStart(CallWay.CLICK_TO_CALL, "nobody", "x", "", "a,CHANNEL(x)=y")))
        .containsExactly("number", "client_ref_id", "user");
    assertThat(refused(new CallToStart(CallWay.OBD, "", NUMBER, "other", "")))
        .containsExactly("public_ivr_id");
  }

  @Test
  void sameReferenceStartsNoSecondCallAlsoAfterARestart() {
    var first = (Outcome.Started) start(new CallToStart(CallWay.OBD, "", NUMBER, "welcome", "r"));
    source.close();
    source = connected();

    assertThat(start(new CallToStart(CallWay.OBD, "", NUMBER, "welcome", "r")))
        .isEqualTo(new Outcome.AskedBefore(first.referenceId()));
    assertThat(start(new CallToStart(CallWay.OBD, "", NUMBER, "welcome", "s")))
        .isInstanceOf(Outcome.Started.class);
  }

  @Test
  void thirdCallOfAMinuteIsTooMany() {
    var _ = start(new CallToStart(CallWay.OBD, "", NUMBER, "welcome", ""));
    var _ = start(new CallToStart(CallWay.OBD, "", NUMBER, "welcome", ""));

    assertThat(start(new CallToStart(CallWay.OBD, "", NUMBER, "welcome", "")))
        .isInstanceOf(Outcome.TooMany.class);
  }

  @Test
  void refusedByAsteriskLeavesTheReferenceFree() {
    ami.denies("Originate");
    assertThat(
            ((Outcome.NotNow) start(new CallToStart(CallWay.OBD, "", NUMBER, "welcome", "r")))
                .words())
        .contains("Permission denied")
        .contains("sources test lab");

    assertThat(start(new CallToStart(CallWay.OBD, "", NUMBER, "welcome", "r")))
        .isInstanceOf(Outcome.NotNow.class);
  }

  private List<String> refused(CallToStart call) {
    return ((Outcome.Refused) start(call)).mistakes().stream().map(it -> it.field()).toList();
  }

  private Outcome start(CallToStart call) {
    return source.startCall(call).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private AsteriskSource connected() {
    var made = new AsteriskSource(parts(), section());
    made.start();
    try {
      // The first one is sent when calls can be started.
      var _ = ami.awaitAction("Ping");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return made;
  }

  private SourceParts parts() {
    return new SourceParts(
        "lab",
        COMPANY,
        new MemoryJournal(JournalSettings.of(PartitionList::forNewCompany, InstantSource.system())),
        new MemoryFollowCursors(),
        new SqliteStartedCalls(database),
        folder,
        InstantSource.system(),
        new SplittableRandom(1),
        new SimpleMeterRegistry(),
        failure -> {
          throw new AssertionError(failure);
        });
  }

  private AsteriskSection section() {
    var originate =
        entries(
            "user",
            "PJSIP/agent{extension}",
            "customer",
            "PJSIP/{e164}@carrier",
            "click-to-call-context",
            "c2c",
            "calls-per-minute",
            "2");
    originate.put("ivr", new Item.Entries("", entries("welcome", "obd,s,1")));
    originate.put("allowed-numbers", new Item.Text("", "+91*"));
    var entries =
        entries(
            "host",
            "127.0.0.1",
            "port",
            Integer.toString(ami.port()),
            "username",
            "switchhook",
            "secret",
            FakeAmi.SECRET,
            "trunks",
            "PJSIP/carrier");
    entries.put("originate", new Item.Entries("", originate));
    entries.put(
        "users",
        new Item.Items(
            "", List.of(new Item.Entries("", entries("id", "u101", "extension", "101")))));
    var mistakes = new ArrayList<io.switchhook.config.SettingsMistake>();
    var section = new Section("", "sources[0]", entries, new Section.Origin(folder, Map.of()));
    var read = AsteriskSection.read(new SectionReader(section, mistakes));
    assertThat(mistakes).isEmpty();
    return read;
  }

  private static Map<String, Item> entries(String... texts) {
    var entries = new LinkedHashMap<String, Item>();
    for (int i = 0; i < texts.length; i += 2) {
      entries.put(texts[i], new Item.Text("", texts[i + 1]));
    }
    return entries;
  }
}
