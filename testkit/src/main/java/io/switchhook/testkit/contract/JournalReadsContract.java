package io.switchhook.testkit.contract;

import static io.switchhook.testkit.contract.Records.ACME;
import static io.switchhook.testkit.contract.Records.LATE;
import static io.switchhook.testkit.contract.Records.ZENITH;
import static io.switchhook.testkit.contract.Records.append;
import static io.switchhook.testkit.contract.Records.call;
import static io.switchhook.testkit.contract.Records.event;
import static io.switchhook.testkit.contract.Records.records;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.Append;
import io.switchhook.journal.Flag;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.NewRecord;
import io.switchhook.journal.Page;
import io.switchhook.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every journal gives back, to whom, and in which order. */
public abstract class JournalReadsContract {
  /** All records of these tests are in this partition. */
  protected static final int PARTITION = 17;

  private static final int CALLERS = 64;

  /** The time that the journal under test goes by. */
  protected final SettableClock clock = new SettableClock(LATE);

  /** The journal under test. */
  protected Journal journal;

  /** Makes an empty journal. */
  protected abstract Journal create(JournalSettings settings);

  /**
   * Loses all records of the partition that were accepted before the day of the newest one; returns
   * the journal to go on with.
   */
  protected abstract Journal withNewestDayOnly(Journal whole, JournalSettings settings);

  private JournalSettings settings() {
    return JournalSettings.of(_ -> new PartitionList(List.of(PARTITION)), clock);
  }

  @BeforeEach
  void createJournal() {
    journal = create(settings());
  }

  @AfterEach
  void closeJournal() {
    journal.close();
  }

  private List<JournalRecord> twoDays() {
    var all = new ArrayList<JournalRecord>();
    for (int i = 0; i < 20; i++) {
      if (i == 10) {
        clock.advance(Duration.ofHours(1));
      }
      var company = i % 4 == 0 ? ZENITH : ACME;
      all.addAll(append(journal, event(new CallId(company, "call " + i % 2), "event " + i)));
    }
    return all;
  }

  @Test
  void recordComesBackAsItWasGiven() {
    var body = new byte[] {0, -1, '"', '\n', (byte) 0xf0, (byte) 0x9f};
    var given =
        new NewRecord(
            new CallId(ZENITH, "uid ‰ \u0000 \ud83d\ude00 'x'"),
            Kind.AFTER_CALL,
            Flag.DERIVED.bit() | Flag.RECONSTRUCTED.bit(),
            Instant.parse("1969-12-31T23:59:59.999Z"),
            new Identity(Long.MIN_VALUE, -1),
            Bytes.wrap(body));
    var kept = append(journal, given).getFirst();

    assertThat(kept)
        .isEqualTo(
            new JournalRecord(
                PARTITION,
                0,
                given.call(),
                given.kind(),
                given.flags(),
                LATE,
                given.happenedAt(),
                given.identity(),
                1,
                given.body()));
    assertThat(records(journal.read(PARTITION, 0, 1)).records()).containsExactly(kept);
    assertThat(records(journal.readCompany(ZENITH, PARTITION, 0, 1)).records())
        .containsExactly(kept);
    assertThat(journal.readCall(PARTITION, given.call(), 0, 1)).containsExactly(kept);
  }

  @Test
  void partitionIsReadInPagesAcrossMidnight() {
    var all = twoDays();
    for (int max : new int[] {1, 3, 10, 19, 20, 21, Journal.PAGE_RECORDS_MAX, Integer.MAX_VALUE}) {
      assertThat(Records.readAll(journal, PARTITION, 0, max)).isEqualTo(all);
      assertThat(records(journal.read(PARTITION, 0, max)).records()).hasSizeLessThanOrEqualTo(max);
    }
    assertThat(Records.readAll(journal, PARTITION, 13, 5)).isEqualTo(all.subList(13, 20));
  }

  @Test
  void readAtTheEndIsAnEmptyPage() {
    twoDays();

    assertThat(journal.read(PARTITION, 20, 10)).isEqualTo(new Page.Records(List.of(), 20));
    assertThat(journal.readCompany(ACME, PARTITION, 20, 10))
        .isEqualTo(new Page.Records(List.of(), 20));
    assertThat(journal.read(PARTITION + 1, 0, 10)).isEqualTo(new Page.Records(List.of(), 0));
  }

  @Test
  void companyIsReadWithoutTheOthers() {
    var all = twoDays();
    for (var company : List.of(ACME, ZENITH)) {
      var wanted = all.stream().filter(record -> record.call().company().equals(company)).toList();
      for (int max : new int[] {1, 2, 5, 100}) {
        assertThat(readCompany(company, max)).isEqualTo(wanted);
      }
    }
    assertThat(journal.readCompany(Records.call("x").company(), PARTITION + 1, 0, 5))
        .isEqualTo(new Page.Records(List.of(), 0));
  }

  private List<JournalRecord> readCompany(CompanyId company, int max) {
    var found = new ArrayList<JournalRecord>();
    long next = 0;
    while (next < journal.end(PARTITION)) {
      var page = records(journal.readCompany(company, PARTITION, next, max));
      assertThat(page.nextOffset()).isGreaterThan(next);
      found.addAll(page.records());
      next = page.nextOffset();
    }
    return found;
  }

  @Test
  void callIsReadInPagesAcrossMidnight() {
    var all = twoDays();
    var call = new CallId(ACME, "call 1");
    var wanted = all.stream().filter(record -> record.call().equals(call)).toList();

    assertThat(wanted).hasSize(10);
    assertThat(journal.readCall(PARTITION, call, 0, 100)).isEqualTo(wanted);
    assertThat(journal.readCall(PARTITION, call, 0, 7)).isEqualTo(wanted.subList(0, 7));
    assertThat(journal.readCall(PARTITION, call, wanted.get(6).offset() + 1, 7))
        .isEqualTo(wanted.subList(7, 10));
    assertThat(journal.readCall(PARTITION, call("unknown"), 0, 7)).isEmpty();
  }

  @Test
  void whatIsNoLongerKeptIsGoneAndNotEmpty() {
    var all = twoDays();
    assertThat(journal.oldest(PARTITION)).isZero();
    journal = withNewestDayOnly(journal, settings());

    assertThat(journal.oldest(PARTITION)).isEqualTo(10);
    assertThat(journal.end(PARTITION)).isEqualTo(20);
    assertThat(journal.read(PARTITION, 9, 5)).isEqualTo(new Page.Gone(10));
    assertThat(journal.readCompany(ACME, PARTITION, 0, 5)).isEqualTo(new Page.Gone(10));
    assertThat(journal.read(PARTITION, 10, 100))
        .isEqualTo(new Page.Records(all.subList(10, 20), 20));
    assertThat(journal.readCall(PARTITION, new CallId(ACME, "call 1"), 0, 100))
        .isEqualTo(
            all.subList(10, 20).stream().filter(r -> r.call().uid().equals("call 1")).toList());
  }

  @Test
  void duplicateOfWhatIsGoneIsKeptAsNewAndCountsOn() {
    twoDays();
    journal = withNewestDayOnly(journal, settings());

    var entry = Records.entries(journal, event(new CallId(ACME, "call 1"), "event 1")).getFirst();
    assertThat(entry.duplicate()).isFalse();
    assertThat(entry.record().sequence()).isEqualTo(11);
  }

  @Test
  void listenerHearsEveryNewRecordOnceAndInOrderBeforeTheAppendCompletes() {
    journal.close();
    journal = create(settings());
    var heard = new ConcurrentLinkedQueue<JournalRecord>();
    journal.listen(
        (partition, records) -> {
          assertThat(records).isNotEmpty().allMatch(record -> record.partition() == partition);
          heard.addAll(records);
        });
    var heardAtCompletion = new ConcurrentLinkedQueue<Integer>();
    for (int i = 0; i < 10; i++) {
      journal
          .append(
              List.of(event(call("a"), "e" + i), event(call("a"), "e" + i), event(call("a"), "e0")))
          .thenRun(() -> heardAtCompletion.add(heard.size()))
          .toCompletableFuture()
          .join();
    }

    assertThat(heard)
        .extracting(JournalRecord::offset)
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(heardAtCompletion).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void whatTheListenerHearsCanBeRead() {
    journal.close();
    journal = create(settings());
    var seen = new ConcurrentLinkedQueue<JournalRecord>();
    journal.listen(
        (partition, records) -> {
          seen.addAll(records(journal.read(partition, records.getFirst().offset(), 100)).records());
          assertThat(journal.end(partition)).isEqualTo(records.getLast().offset() + 1);
        });
    var kept = append(journal, event(call("a"), "1"), event(call("b"), "1"));

    assertThat(seen).containsExactlyElementsOf(kept);
  }

  @Test
  void orderOfACallIsTheOrderInWhichItsAppendsEnded() throws Exception {
    int events = 20;
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new ArrayList<Future<?>>();
      for (int c = 0; c < CALLERS; c++) {
        var call = call("call " + c);
        done.add(
            callers.submit(
                () -> {
                  for (int e = 0; e < events; e++) {
                    assertThat(append(journal, event(call, "event " + e)).getFirst().sequence())
                        .isEqualTo(e + 1);
                  }
                }));
      }
      for (var caller : done) {
        caller.get();
      }
    }

    assertThat(journal.end(PARTITION)).isEqualTo((long) CALLERS * events);
    for (int c = 0; c < CALLERS; c++) {
      assertThat(journal.readCall(PARTITION, call("call " + c), 0, events + 1))
          .extracting(record -> record.body().utf8())
          .containsExactlyElementsOf(
              IntStream.range(0, events).mapToObj(e -> "event " + e).toList());
    }
  }

  @Test
  void appendsThatNobodyWaitsForKeepTheirOrder() {
    var completed = new ConcurrentLinkedQueue<Integer>();
    var last = journal.append(List.of(event(call("a"), "first")));
    for (int i = 0; i < 200; i++) {
      int number = i;
      last = journal.append(List.of(event(call("a"), "e" + i)));
      last.thenRun(() -> completed.add(number));
    }

    assertThat(last.toCompletableFuture().join()).isInstanceOf(Append.Kept.class);
    journal.close();
    assertThat(List.copyOf(completed)).hasSize(200).isSorted();
  }
}
