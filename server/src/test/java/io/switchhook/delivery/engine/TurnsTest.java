package io.switchhook.delivery.engine;

import static io.switchhook.delivery.engine.EngineFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.delivery.LaneKey;
import io.switchhook.delivery.PartitionState;
import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.WebhookId;
import io.switchhook.journal.JournalRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final int TOTAL = 16;
  private static final CompanyId BIG = new CompanyId("00000000000000b1");
  private static final CompanyId SMALL = new CompanyId("00000000000000a1");

  private final EngineSettings settings = EngineFixture.settings(TOTAL, /* memoryBytes= */ 1 << 20);
  private final PartitionBook book =
      new PartitionBook(new PartitionState(0, 1, 0, List.of()), 1_000);
  private final Turns turns = new Turns(TOTAL);
  private final Gate.Paces paces = new Gate.Paces(new ReplayPace(1_000), new PerSecond());
  private int offset;

  @Test
  void companyThatIsAloneMayUseEverything() {
    waitingAt(new Gate(new WebhookId("wh_1"), BIG, settings, paces), 20);

    assertThat(takeAll()).hasSize(TOTAL).containsOnly(BIG);
  }

  @Test
  void companyHasAtMostAQuarterWhileAnotherWaits() {
    waitingAt(new Gate(new WebhookId("wh_1"), BIG, settings, paces), 20);
    var small = new Gate(new WebhookId("wh_2"), SMALL, settings, paces);
    waitingAt(small, 3);

    assertThat(takeAll().subList(0, 6)).containsExactly(BIG, SMALL, BIG, SMALL, BIG, SMALL);
  }

  @Test
  void companyThatHasItsQuarterWaitsUntilTheOtherHasNothingLeft() {
    waitingAt(new Gate(new WebhookId("wh_1"), BIG, settings, paces), 20);
    waitingAt(new Gate(new WebhookId("wh_2"), SMALL, settings, paces), 20);

    assertThat(takeAll())
        .as("each has a quarter, and both still wait")
        .hasSize(TOTAL / 2)
        .containsOnly(BIG, SMALL);
  }

  @Test
  void webhooksOfACompanyTakeTurns() {
    var first = new Gate(new WebhookId("wh_1"), BIG, settings, paces);
    var second = new Gate(new WebhookId("wh_2"), BIG, settings, paces);
    waitingAt(first, 5);
    waitingAt(second, 5);

    var gates = new ArrayList<Gate>();
    for (var lane = turns.next(NOW); lane != null; lane = turns.next(NOW)) {
      turns.take(lane);
      gates.add(lane.gate);
    }
    assertThat(gates.subList(0, 4)).containsExactly(first, second, first, second);
  }

  private List<CompanyId> takeAll() {
    var companies = new ArrayList<CompanyId>();
    for (var lane = turns.next(NOW); lane != null; lane = turns.next(NOW)) {
      turns.take(lane);
      companies.add(lane.gate.company);
    }
    return companies;
  }

  private void waitingAt(Gate gate, int count) {
    for (int i = 0; i < count; i++) {
      var id = new CallId(gate.company, "call." + ++offset);
      var call = new Calls.Call();
      var lane = new Lane(new LaneKey(gate.webhook, id), call, gate, book.crowd);
      lane.beginAt(offset);
      call.lanes.add(lane);
      lane.enqueue(Item.routed(event(id), NOW.plusSeconds(60)));
      gate.offer(lane);
      turns.add(gate);
    }
  }

  private JournalRecord event(CallId call) {
    return new JournalRecord(
        0, offset, call, Kind.IN_CALL, 0, NOW, NOW, Identity.ofName("x"), 1, Bytes.utf8("{}"));
  }
}
