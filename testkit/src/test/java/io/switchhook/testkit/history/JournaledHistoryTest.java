package io.switchhook.testkit.history;

import static io.switchhook.testkit.history.Events.BILLING;
import static io.switchhook.testkit.history.Events.COMPANY;
import static io.switchhook.testkit.history.Events.CRM;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.CallId;
import io.switchhook.history.CallStory;
import io.switchhook.history.CallStory.Routing;
import io.switchhook.history.Change;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryQuery;
import io.switchhook.history.DeliveryRow;
import io.switchhook.history.EventRef;
import io.switchhook.history.JournaledHistory;
import io.switchhook.history.memory.MemoryHistoryStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JournaledHistoryTest {
  private final ListJournal journal = new ListJournal();
  private final MemoryHistoryStore store = new MemoryHistoryStore();
  private final JournaledHistory history = new JournaledHistory(journal, store);

  @Test
  void callThatTheJournalDoesNotKnowHasNoStory() {
    assertThat(history.call(new CallId(COMPANY, "c1"))).isEmpty();
  }

  @Test
  void storyTellsEventsWithTheirLogsAndDeliveries() {
    var first = journal.add("c1", 1);
    journal.add("c2", 1);
    var second = journal.add("c1", 2);
    var third = journal.add("c1", 3);
    store.write(
        List.of(
            Events.delivered(EventRef.of(first), CRM, 1),
            Events.failed(EventRef.of(first), BILLING, 1),
            new Change.Unwanted(EventRef.of(second))));

    var story = history.call(new CallId(COMPANY, "c1")).orElseThrow();

    assertThat(story.hasMoreEvents()).isFalse();
    assertThat(story.summary().events()).isEqualTo(3);
    assertThat(story.summary().facts().state()).isEqualTo(3);
    assertThat(story.summary().facts().clidRaw()).isEqualTo("919711636496");
    assertThat(story.events())
        .extracting(CallStory.Chapter::event)
        .containsExactly(first, second, third);
    assertThat(story.events())
        .extracting(CallStory.Chapter::routing)
        .containsExactly(Routing.WEBHOOKS, Routing.NO_WEBHOOK, Routing.NOT_YET);
    assertThat(story.events().getFirst().deliveries())
        .extracting(DeliveryRow::outcome)
        .containsExactly(DeliveryOutcome.FAILED, DeliveryOutcome.DELIVERED);
  }

  @Test
  void storyOfVeryLongCallIsCutAndSaysSo() {
    for (var sequence = 1; sequence <= CallStory.EVENTS_MAX + 1; sequence++) {
      journal.add("c1", sequence);
    }
    var story = history.call(new CallId(COMPANY, "c1")).orElseThrow();
    assertThat(story.events()).hasSize(CallStory.EVENTS_MAX);
    assertThat(story.hasMoreEvents()).isTrue();
  }

  @Test
  void deliveriesOfOneCallComeInPagesNewestFirst() {
    var expected = new ArrayList<String>();
    for (var sequence = 1; sequence <= 25; sequence++) {
      var event = EventRef.of(journal.add("c1", sequence));
      var other = EventRef.of(journal.add("c2", sequence));
      store.write(
          List.of(
              Events.delivered(event, CRM, 1),
              Events.delivered(event, BILLING, 1),
              Events.delivered(other, CRM, 1)));
      expected.addFirst(sequence + " " + BILLING);
      expected.addFirst(sequence + " " + CRM);
    }
    var query = new DeliveryQuery(COMPANY, null, "c1", null, null, null, null, 7);
    var found = new ArrayList<String>();
    var page = history.deliveries(query);
    while (true) {
      page.items().forEach(row -> found.add(row.event().sequence() + " " + row.webhook()));
      if (page.next() == null) {
        break;
      }
      page =
          history.deliveries(
              new DeliveryQuery(COMPANY, null, "c1", null, null, null, page.next(), 7));
    }
    assertThat(found).isEqualTo(expected);
  }
}
