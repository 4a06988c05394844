package io.switchhook.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.delivery.CursorStore.Committed;
import io.switchhook.delivery.PartitionState;
import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.WebhookCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Single steps; whole lives are in the simulation. */
class EngineTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void readingGoesOnBehindAGapInTheJournal() {
    var engine =
        new Engine(
            EngineSettings.standard(new RetrySchedule(List.of(Duration.ofSeconds(1))), 1 << 20, 1),
            (_, event) -> event.acceptedAt().plusSeconds(60),
            new WebhookCatalog(List.of()));

    var opened = engine.step(new Input.Opened(new PartitionState(0, 1, 5, List.of()), 12), NOW);
    assertThat(opened).containsExactly(new Effect.ReadPartition(0, 5, 512));

    var behind = engine.step(new Input.PartitionGap(0, 10), NOW);
    assertThat(behind).containsExactly(new Effect.ReadPartition(0, 10, 512));

    engine.step(new Input.PartitionRead(0, 10, List.of(event(10), event(11))), NOW);
    var later = engine.step(new Input.TimePassed(), NOW.plusSeconds(1));
    assertThat(later)
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.Commit.class, commit -> assertThat(commit.commit().watermark()).isEqualTo(12));
    assertThat(engine.step(new Input.CommitEnded(0, Committed.DURABLE), NOW))
        .containsExactly(new Effect.Committed(0, 12));
  }

  private static JournalRecord event(long offset) {
    var call = new CallId(new CompanyId("5cd40f6554442586"), "call." + offset);
    return new JournalRecord(
        0, offset, call, Kind.IN_CALL, 0, NOW, NOW, Identity.ofName("x"), 1, Bytes.utf8("{}"));
  }
}
