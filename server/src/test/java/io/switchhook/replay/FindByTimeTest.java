package io.switchhook.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.NewRecord;
import io.switchhook.journal.memory.MemoryJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindByTimeTest {
  private static final CompanyId COMPANY = new CompanyId("fedcba9876543210");
  private static final CallId CALL = new CallId(COMPANY, "call.1");
  private static final int PARTITION = PartitionList.forNewCompany(COMPANY).partitionOf(CALL);
  private static final Instant FIRST = Instant.parse("2026-11-22T00:00:00Z");
  private static final int RECORDS = 100;

  private Instant now = FIRST;
  private final MemoryJournal journal =
      new MemoryJournal(JournalSettings.of(PartitionList::forNewCompany, () -> now));
  private final FindByTime find = new FindByTime(journal);

  FindByTimeTest() {
    for (int hour = 0; hour < RECORDS; hour++) {
      now = at(hour);
      journal.append(
          List.of(
              new NewRecord(
                  CALL, Kind.NOTE, 0, now, Identity.ofName("note " + hour), Bytes.utf8("{}"))));
    }
  }

  private static Instant at(int hour) {
    return FIRST.plus(Duration.ofHours(hour));
  }

  @Test
  void rangeOfTimeIsFoundWithAnHourOnEitherSide() {
    for (int hour = 2; hour < RECORDS - 2; hour++) {
      assertThat(find.start(PARTITION, at(hour))).isEqualTo(hour - 1L);
      assertThat(find.end(PARTITION, at(hour))).isEqualTo(hour + 1L);
    }
  }

  @Test
  void timesOutsideOfTheJournalAreItsEnds() {
    assertThat(find.start(PARTITION, Asked.BEGINNING)).isZero();
    assertThat(find.start(PARTITION, at(-5))).isZero();
    assertThat(find.end(PARTITION, at(-5))).isZero();
    assertThat(find.start(PARTITION, at(RECORDS + 5))).isEqualTo(RECORDS);
    assertThat(find.end(PARTITION, at(RECORDS + 5))).isEqualTo(RECORDS);
    assertThat(find.end(PARTITION, Asked.FOREVER)).isEqualTo(RECORDS);
  }

  @Test
  void emptyPartitionHasNothing() {
    var other = (PARTITION + 1) % PartitionList.PARTITION_COUNT;
    assertThat(find.start(other, at(1))).isZero();
    assertThat(find.end(other, at(1))).isZero();
  }
}
