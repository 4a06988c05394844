package io.switchhook.source.myoperator;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.ReadResult;
import io.switchhook.event.Bytes;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Kind;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.memory.MemoryJournal;
import io.switchhook.source.DoorAnswer;
import io.switchhook.source.DoorRequest;
import io.switchhook.source.SourceParts;
import io.switchhook.source.StartedCalls;
import io.switchhook.source.memory.MemoryFollowCursors;
import io.switchhook.source.myoperator.SenderProof.Asked;
import io.switchhook.source.myoperator.sqlite.SqliteInbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MyOperatorSourceTest {
  private static final CompanyId COMPANY = new CompanyId("5cd40f6554442586");
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;
  private volatile Instant now = Samples.NOW;
  private final BlockingQueue<JournalRecord> heard = new LinkedBlockingQueue<>();
  private final List<Throwable> fatal = new ArrayList<>();
  private final MemoryJournal journal =
      new MemoryJournal(JournalSettings.of(_ -> new PartitionList(List.of(3)), () -> now));

  MyOperatorSourceTest() {
    journal.listen((_, records) -> heard.addAll(records));
  }

  @Test
  void storyThatComesInOrderIsToldAtOnce() throws Exception {
    try (var source = opened("a", LONG, Map.of())) {
      Samples.STORY.forEach(name -> taken(source, Samples.v2(name)));

      assertThat(told(7)).containsExactly("1", "5", "5", "6", "2", "AFTER_CALL", "DISPOSITION");
    }
    assertThat(fatal).isEmpty();
  }

  @Test
  void dispositionRepeatsTheAfterCallLogThatWasTold() throws Exception {
    try (var source = opened("a", LONG, Map.of())) {
      Samples.STORY.forEach(name -> taken(source, Samples.v2(name)));
      var bodies = bodies(7);

      assertThat(bodies.get(6)).startsWith(bodies.get(5).substring(0, bodies.get(5).length() - 1));
    }
  }

  @Test
  void requestsThatComeAgainAreToldOnce() throws Exception {
    try (var source = opened("a", LONG, Map.of())) {
      for (var round = 0; round < 3; round++) {
        Samples.STORY.forEach(name -> taken(source, Samples.v2(name)));
      }
      taken(source, otherCall());

      assertThat(told(8))
          .containsExactly("1", "5", "5", "6", "2", "AFTER_CALL", "DISPOSITION", "1");
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void whatIsInTheInboxIsToldAfterCrash() throws Exception {
    var crashed = folder.resolve("crashed");
    try (var source = opened("a", LONG, Map.of())) {
      taken(source, Samples.v2("answered"));
      taken(source, Samples.v2("dial-begin"));
      copy(folder.resolve("a"), crashed);
    }
    assertThat(heard).isEmpty();

    try (var source = opened("crashed", LONG, Map.of())) {
      taken(source, Samples.v2("initiated"));
      assertThat(told(2)).containsExactly("1", "5");
      now = now.plus(LONG);
      taken(source, otherCall());
      assertThat(told(2)).containsExactlyInAnyOrder("6", "1");
    }
  }

  /** After each event, perhaps the inbox is as it was before the journal had its records. */
  @Test
  void nothingIsToldTwiceThroughCrashes() throws Exception {
    for (var seed = 0; seed < 8; seed++) {
      var random = new Random(seed);
      var home = "home" + seed;
      for (var name : Samples.STORY) {
        var crashed = home + name;
        try (var source = opened(home, Duration.ZERO, Map.of())) {
          taken(source, ofCall("s" + seed, Samples.v2(name)));
          copy(folder.resolve(home), folder.resolve(crashed));
          assertThat(told(1)).hasSize(1);
        }
        home = random.nextBoolean() ? crashed : home;
      }
      assertThat(heard).as("seed " + seed).isEmpty();
    }
    assertThat(fatal).isEmpty();
  }

  /** The power is cut at every event exactly there, again and again. */
  @Test
  void crashBetweenTheJournalAndTheInboxsNoteLosesNothingAndTellsNothingTwice() throws Exception {
    var told = new ArrayList<String>();
    for (var event = 0; event < Samples.STORY.size(); event++) {
      var crashed = folder.resolve("cut" + (event + 1));
      var home = Files.createDirectories(folder.resolve("cut" + event));
      var inbox =
          new CopiedBeforeNote(SqliteInbox.open(home, fatal::add), () -> copy(home, crashed));
      try (var source = opened(home, Duration.ZERO, Map.of(), inbox)) {
        taken(source, Samples.v2(Samples.STORY.get(event)));
        told.addAll(told(1));
        inbox.awaitNoteOfLast();
      }
    }
    assertThat(told).containsExactly("1", "5", "5", "6", "2", "AFTER_CALL", "DISPOSITION");

    try (var source = opened("cut" + Samples.STORY.size(), Duration.ZERO, Map.of())) {
      taken(source, otherCall());
      assertThat(told(1)).containsExactly("1");
    }
    assertThat(heard).isEmpty();
    try (var inbox = SqliteInbox.open(folder.resolve("cut" + Samples.STORY.size()), fatal::add)) {
      assertThat(inbox.waiting(0, 10)).as("what was told before the cut is noted now").isEmpty();
    }
    assertThat(fatal).isEmpty();
  }

  @Test
  void unreadGoesAfterItsRetention() throws Exception {
    try (var source = opened("a", Duration.ZERO, Map.of())) {
      source
          .take(request("POST", "token=secret-secret", "what is this?"))
          .toCompletableFuture()
          .join();
      assertThat(source.unreadCount()).isEqualTo(1);
    }
    now = now.plus(Duration.ofDays(6));
    try (var source = opened("a", Duration.ZERO, Map.of())) {
      taken(source, otherCall());
      assertThat(told(1)).hasSize(1);
      assertThat(source.unreadCount()).as("a day before").isEqualTo(1);
    }
    now = now.plus(Duration.ofDays(2));
    try (var source = opened("a", Duration.ZERO, Map.of())) {
      taken(source, ofCall("third", Samples.v2("initiated")));
      taken(source, ofCall("third", Samples.v2("dial-begin")));
      assertThat(told(2)).hasSize(2);
      assertThat(source.unreadCount()).as("a day behind").isZero();
    }
  }

  @Test
  void unreadIsShownAndToldAfterChangeOfSettings() throws Exception {
    try (var source = opened("a", Duration.ZERO, Map.of())) {
      var answer = source.take(request("GET", "call=c1&state=1&token=secret-secret", ""));
      assertThat(answer.toCompletableFuture().join()).isEqualTo(new DoorAnswer.Taken());

      assertThat(source.unread(10))
          .singleElement()
          .satisfies(
              unread -> {
                assertThat(unread.rawQuery()).isEqualTo("call=c1&state=1");
                assertThat(unread.reason()).contains("call, state");
              });
      assertThat(source.state().problems()).singleElement().asString().contains("1 request");
      assertThat(source.retryUnread().read()).isZero();
    }

    try (var source = opened("a", Duration.ZERO, Map.of("call", "uid", "state", "call_state"))) {
      assertThat(source.unreadCount()).isOne();
      assertThat(source.retryUnread()).isEqualTo(new io.switchhook.source.Door.Retried(1, 0));
      assertThat(told(1)).containsExactly("1");
      assertThat(source.unread(10)).isEmpty();
    }
  }

  @Test
  void oldestUnreadGoWhenThereAreTooMany() {
    try (var inbox = SqliteInbox.open(folder, fatal::add)) {
      var large = "x".repeat(200 * 1024);
      for (var number = 0; number < 400; number++) {
        inbox.keepUnread(Samples.post(large), "n" + number).toCompletableFuture().join();
      }

      assertThat(inbox.unreadCount() * large.length())
          .isLessThanOrEqualTo(Inbox.UNREAD_BYTES_MAX)
          .isGreaterThan(Inbox.UNREAD_BYTES_MAX - 2L * large.length());
      assertThat(inbox.unread(Long.MAX_VALUE, 1).getFirst().reason()).isEqualTo("n399");
    }
  }

  @Test
  void whatTheJournalDoesNotTakeStaysInTheInbox() throws Exception {
    journal.close();
    try (var source = opened("b", Duration.ZERO, Map.of())) {
      taken(source, Samples.v2("initiated"));
    }
    try (var inbox = SqliteInbox.open(folder.resolve("b"), fatal::add)) {
      assertThat(inbox.waiting(0, 10)).hasSize(1);
    }
  }

  private MyOperatorSource opened(String name, Duration wait, Map<String, String> fields)
      throws IOException {
    var home = Files.createDirectories(folder.resolve(name));
    return opened(home, wait, fields, SqliteInbox.open(home, fatal::add));
  }

  private MyOperatorSource opened(
      Path home, Duration wait, Map<String, String> fields, Inbox inbox) {
    var parts =
        new SourceParts(
            "myop",
            COMPANY,
            journal,
            new MemoryFollowCursors(),
            new NoStartedCalls(),
            home,
            () -> now,
            new Random(1),
            new SimpleMeterRegistry(),
            fatal::add);
    var proof = ((Asked) SenderProof.parse(null, null, "secret-secret")).proof();
    var settings =
        new MyOperatorSettings("myop", COMPANY, proof, TellAs.V1, fields, wait, Duration.ofDays(7));
    var source = new MyOperatorSource(settings, parts, inbox);
    source.start();
    return source;
  }

  private static void taken(MyOperatorSource source, String body) {
    var answer = source.take(request("POST", "token=secret-secret", body));
    assertThat(answer.toCompletableFuture().join()).isEqualTo(new DoorAnswer.Taken());
  }

  private static DoorRequest request(String method, String query, String body) {
    return new DoorRequest(method, query, Map.of(), Bytes.utf8(body));
  }

  private static String otherCall() {
    return ofCall("other", Samples.v2("initiated"));
  }

  private static String ofCall(String uid, String event) {
    return event.replace("s4.1766492465.1359", uid).replace("0199-", "0199-" + uid);
  }

  /** What the next records are: the state of an in-call log, or the kind. */
  private List<String> told(int count) throws InterruptedException {
    var told = new ArrayList<String>();
    for (var number = 0; number < count; number++) {
      var record = heard.poll(10, TimeUnit.SECONDS);
      assertThat(record).as("record " + number + " after " + told).isNotNull();
      told.add(
          record.kind() == Kind.IN_CALL
                  && CallLogReader.read(record.body().array()) instanceof ReadResult.Read(var log)
              ? log.text("call_state").orElse("")
              : record.kind().name());
    }
    return told;
  }

  private List<String> bodies(int count) throws InterruptedException {
    var bodies = new ArrayList<String>();
    for (var number = 0; number < count; number++) {
      var record = heard.poll(10, TimeUnit.SECONDS);
      assertThat(record).isNotNull();
      bodies.add(record.body().utf8());
    }
    return bodies;
  }

  /** What a power cut would leave: the files as they are while they are open. */
  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (var file : files.toList()) {
        if (!file.toString().endsWith("-shm")) {
          Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  /** An account starts no calls. */
  private static final class NoStartedCalls implements StartedCalls {
    @Override
    public CompletionStage<Optional<Entry>> keep(Entry entry, Instant since) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> forget(String referenceId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Entry> of(String source, Instant since) {
      return List.of();
    }
  }
}
