package io.switchhook.testkit.contract;

import static io.switchhook.testkit.contract.Records.ACME;
import static io.switchhook.testkit.contract.Records.LATE;
import static io.switchhook.testkit.contract.Records.ZENITH;
import static io.switchhook.testkit.contract.Records.append;
import static io.switchhook.testkit.contract.Records.appended;
import static io.switchhook.testkit.contract.Records.call;
import static io.switchhook.testkit.contract.Records.entries;
import static io.switchhook.testkit.contract.Records.event;
import static io.switchhook.testkit.contract.Records.note;
import static io.switchhook.testkit.contract.Records.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.Append;
import io.switchhook.journal.Batch;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.NewRecord;
import io.switchhook.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every journal does. {@link JournalReadsContract} is its other half. */
public abstract class JournalContract {
  /** The time that the journal under test goes by. */
  protected final SettableClock clock = new SettableClock(LATE);

  /** The journal under test. */
  protected Journal journal;

  private Function<CompanyId, PartitionList> partitions = PartitionList::forNewCompany;

  /** Makes an empty journal. */
  protected abstract Journal create(JournalSettings settings);

  /** Makes the journal's disk seem full, or not any more. */
  protected abstract void pretendFull(Journal full, boolean really);

  private JournalSettings settings() {
    return JournalSettings.of(company -> partitions.apply(company), clock);
  }

  @BeforeEach
  void createJournal() {
    journal = create(settings());
  }

  @AfterEach
  void closeJournal() {
    journal.close();
  }

  @Nested
  class Sequences {
    @Test
    void eventsOfACallCountFromOne() {
      var batch =
          append(journal, event(call("a"), "1"), event(call("b"), "1"), event(call("a"), "2"));
      var later = append(journal, event(call("a"), "3"));

      assertThat(batch).extracting(JournalRecord::sequence).containsExactly(1, 1, 2);
      assertThat(later).extracting(JournalRecord::sequence).containsExactly(3);
    }

    @Test
    void notesHaveNone() {
      var kept =
          append(journal, note(call("a"), "n1"), event(call("a"), "1"), note(call("a"), "n2"));

      assertThat(kept).extracting(JournalRecord::sequence).containsExactly(0, 1, 0);
      assertThat(append(journal, event(call("a"), "2")).getFirst().sequence()).isEqualTo(2);
    }

    @Test
    void sameUidOfAnotherCompanyIsAnotherCall() {
      append(journal, event(call("a"), "1"));

      assertThat(entries(journal, event(new CallId(ZENITH, "a"), "1")).getFirst())
          .satisfies(entry -> assertThat(entry.duplicate()).isFalse())
          .satisfies(entry -> assertThat(entry.record().sequence()).isEqualTo(1));
    }

    @Test
    void sequenceGoesOnAcrossMidnight() {
      append(journal, event(call("a"), "1"));
      clock.advance(Duration.ofMinutes(20));
      append(journal, event(call("a"), "2"));
      clock.advance(Duration.ofDays(1));

      assertThat(append(journal, event(call("a"), "3")).getFirst().sequence()).isEqualTo(3);
    }

    @Test
    void sequenceBeginsAgainAfterTheWindow() {
      append(journal, event(call("a"), "1"), event(call("a"), "2"));
      clock.advance(JournalSettings.DEDUPE_WINDOW.plusMillis(1));

      assertThat(append(journal, event(call("a"), "3")).getFirst().sequence()).isEqualTo(1);
    }

    @Test
    void windowCountsFromTheLastRecordOfTheCall() {
      append(journal, event(call("a"), "1"));
      for (int day = 3; day <= 12; day += 3) {
        clock.advance(Duration.ofDays(3));
        append(journal, event(call("a"), "day " + day));
      }

      assertThat(entries(journal, event(call("a"), "1")).getFirst())
          .satisfies(entry -> assertThat(entry.duplicate()).isTrue())
          .satisfies(entry -> assertThat(entry.record().sequence()).isEqualTo(1));
    }
  }

  @Nested
  class Duplicates {
    @Test
    void identityThatWasSeenIsAnsweredWithTheRecordKeptBefore() {
      var kept = append(journal, event(call("a"), "1"), note(call("a"), "n")).getFirst();
      clock.advance(Duration.ofSeconds(1));
      var again =
          new NewRecord(
              call("a"), Kind.IN_CALL, 0, LATE, Identity.ofName("1"), Bytes.utf8("other"));

      assertThat(entries(journal, again, note(call("a"), "n")))
          .allMatch(Append.Entry::duplicate)
          .first()
          .isEqualTo(new Append.Entry(kept, true));
      assertThat(Records.everything(journal)).hasSize(2);
    }

    @Test
    void identityIsSeenWithinOneBatch() {
      var entries =
          entries(journal, event(call("a"), "1"), event(call("a"), "1"), event(call("a"), "2"));

      assertThat(entries).extracting(Append.Entry::duplicate).containsExactly(false, true, false);
      assertThat(entries).extracting(entry -> entry.record().sequence()).containsExactly(1, 1, 2);
    }

    @Test
    void sameIdentityInAnotherCallIsNone() {
      append(journal, event(call("a"), "1"));

      assertThat(entries(journal, event(call("b"), "1")).getFirst().duplicate()).isFalse();
    }

    @Test
    void identityIsKnownAcrossMidnightAndForTheWholeWindow() {
      append(journal, event(call("a"), "1"));
      clock.advance(JournalSettings.DEDUPE_WINDOW);

      assertThat(entries(journal, event(call("a"), "1")).getFirst().duplicate()).isTrue();
    }

    @Test
    void identityIsNewAfterTheWindow() {
      append(journal, event(call("a"), "1"));
      clock.advance(JournalSettings.DEDUPE_WINDOW.plusMillis(1));

      assertThat(entries(journal, event(call("a"), "1")).getFirst().duplicate()).isFalse();
    }

    @Test
    void callsThatAreNoLongerRememberedAreLookedUp() {
      journal.close();
      var forgetful =
          new JournalSettings(
              PartitionList::forNewCompany,
              clock,
              JournalSettings.DEDUPE_WINDOW,
              Map.of(),
              /* recentRecordsMax= */ 10);
      journal = create(forgetful);
      for (int i = 0; i < 50; i++) {
        append(journal, event(call("call " + i), "1"), event(call("call " + i), "2"));
      }
      clock.advance(Duration.ofHours(1));

      for (int i = 0; i < 50; i++) {
        var entries =
            entries(journal, event(call("call " + i), "2"), event(call("call " + i), "3"));
        assertThat(entries).extracting(Append.Entry::duplicate).containsExactly(true, false);
        assertThat(entries).extracting(entry -> entry.record().sequence()).containsExactly(2, 3);
      }
    }

    @Test
    void callOfManyEventsFindsEachOfThem() {
      for (int i = 0; i < 30; i++) {
        int first = i * 100;
        append(journal, hundred(first));
      }

      assertThat(entries(journal, hundred(1_400))).allMatch(Append.Entry::duplicate);
      assertThat(append(journal, event(call("a"), "one more")).getFirst().sequence())
          .isEqualTo(3_001);
    }

    private NewRecord[] hundred(int first) {
      return IntStream.range(first, first + 100)
          .mapToObj(i -> event(call("a"), "event " + i))
          .toArray(NewRecord[]::new);
    }
  }

  @Nested
  class Places {
    @Test
    void offsetsOfAPartitionCountFromZeroWithoutGaps() {
      for (int i = 0; i < 100; i++) {
        append(journal, event(call("call " + i), "1"), event(call("call " + i), "2"));
      }

      for (int partition : PartitionList.forNewCompany(ACME).partitions()) {
        var offsets =
            Records.readAll(journal, partition, 0, 7).stream().map(JournalRecord::offset).toList();
        assertThat(offsets)
            .hasSizeGreaterThan(5)
            .containsExactlyElementsOf(
                IntStream.range(0, offsets.size()).mapToObj(Long::valueOf).toList());
        assertThat(journal.end(partition)).isEqualTo(offsets.size());
      }
    }

    @Test
    void callIsWhereItsCompanysListPutsIt() {
      for (var company : List.of(ACME, ZENITH)) {
        var call = new CallId(company, "1605181147.42");
        assertThat(append(journal, event(call, "1")).getFirst().partition())
            .isEqualTo(PartitionList.forNewCompany(company).partitionOf(call));
      }
    }

    @Test
    void callStaysWhereItIsWhenTheListIsWidened() {
      partitions = _ -> new PartitionList(List.of(3));
      append(journal, event(call("a"), "1"));
      partitions = _ -> new PartitionList(List.of(200));

      assertThat(append(journal, event(call("a"), "2")).getFirst().partition()).isEqualTo(3);
      assertThat(append(journal, event(call("b"), "1")).getFirst().partition()).isEqualTo(200);
      clock.advance(JournalSettings.DEDUPE_WINDOW.plusMillis(1));
      assertThat(append(journal, event(call("a"), "3")).getFirst().partition()).isEqualTo(200);
    }

    @Test
    void offsetsBeginNoLowerThanTheStoredCursors() {
      journal.close();
      partitions = _ -> new PartitionList(List.of(5));
      var floor =
          new JournalSettings(
              partitions,
              clock,
              JournalSettings.DEDUPE_WINDOW,
              Map.of(5, 70L),
              JournalSettings.RECENT_RECORDS_MAX);
      journal = create(floor);

      assertThat(journal.end(5)).isEqualTo(70);
      assertThat(journal.oldest(5)).isEqualTo(70);
      assertThat(append(journal, event(call("a"), "1")).getFirst().offset()).isEqualTo(70);
      assertThat(records(journal.read(5, 70, 10)).records()).hasSize(1);
    }

    @Test
    void timeNeverGoesBack() {
      var first = append(journal, event(call("a"), "1")).getFirst();
      clock.advance(Duration.ofHours(-5));
      var second = append(journal, event(call("a"), "2")).getFirst();

      assertThat(first.acceptedAt()).isEqualTo(LATE);
      assertThat(second.acceptedAt()).isEqualTo(LATE);
    }

    @Test
    void timesAreWholeMilliseconds() {
      clock.set(LATE.plusNanos(999_999));
      var kept =
          append(
                  journal,
                  new NewRecord(
                      call("a"),
                      Kind.IN_CALL,
                      0,
                      LATE.plusNanos(1_999_999),
                      Identity.ofName("1"),
                      Bytes.empty()))
              .getFirst();

      assertThat(kept.acceptedAt()).isEqualTo(LATE);
      assertThat(kept.happenedAt()).isEqualTo(LATE.plusMillis(1));
    }
  }

  @Nested
  class Limits {
    @Test
    void largestBatchIsTakenAndALargerOneRefused() {
      var records =
          IntStream.range(0, Batch.RECORDS_MAX).mapToObj(i -> event(call("a"), "e" + i)).toList();
      assertThat(entries(journal, records.toArray(NewRecord[]::new))).hasSize(Batch.RECORDS_MAX);

      var more = new ArrayList<>(records);
      more.add(event(call("a"), "one more"));
      assertThatIllegalArgumentException().isThrownBy(() -> appended(journal, more));
      assertThatIllegalArgumentException().isThrownBy(() -> appended(journal, List.of()));
    }

    @Test
    void largestBodyIsTakenAndALargerOneRefused() {
      var body = new byte[(int) Batch.BYTES_MAX];
      body[body.length - 1] = 1;
      var kept = append(journal, large(body)).getFirst();
      var call = Records.callOf(journal, call("large"));

      assertThat(call).containsExactly(kept);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> appended(journal, List.of(large(new byte[body.length + 1]))));
    }

    private NewRecord large(byte[] body) {
      return new NewRecord(
          call("large"), Kind.IN_CALL, 0, LATE, Identity.ofContent(body), Bytes.wrap(body));
    }

    @Test
    void fullDiskTakesNothingUntilThereIsRoomAgain() {
      append(journal, event(call("a"), "1"));
      pretendFull(journal, /* really= */ true);
      assertThat(appended(journal, List.of(event(call("a"), "2"), event(call("b"), "1"))))
          .isInstanceOf(Append.DiskFull.class);
      assertThat(Records.everything(journal)).hasSize(1);

      pretendFull(journal, /* really= */ false);
      assertThat(append(journal, event(call("a"), "2")).getFirst().sequence()).isEqualTo(2);
      assertThat(Records.everything(journal)).hasSize(2);
    }

    @Test
    void closedJournalTakesNothing() {
      append(journal, event(call("a"), "1"));
      journal.close();
      journal.close();

      assertThat(appended(journal, List.of(event(call("a"), "2"))))
          .isInstanceOf(Append.Closing.class);
    }
  }
}
