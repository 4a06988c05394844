package io.switchhook.console.calls;

import io.switchhook.console.CallWords;
import io.switchhook.console.Frame;
import io.switchhook.replay.StoredReplay;
import java.time.Instant;
import java.util.List;

/**
 * What the page of one call shows.
 *
 * @param problem why something that was asked for was not done; {@code ""} when nothing was wrong
 * @param isMoving true while it may look otherwise in a moment
 */
record CallView(
    Frame frame,
    String uid,
    String self,
    String list,
    CallWords.Badge badge,
    List<Fact> facts,
    Instant startedAt,
    Timeline timeline,
    List<EventView> events,
    boolean hasMoreEvents,
    List<Choice> webhooks,
    List<Again> again,
    String problem,
    boolean isMoving) {
  CallView {
    facts = List.copyOf(facts);
    events = List.copyOf(events);
    webhooks = List.copyOf(webhooks);
    again = List.copyOf(again);
  }

  /** Something that is known of the call. */
  record Fact(String name, String value) {}

  /** A webhook that may be told again. */
  record Choice(String id, String name) {}

  /** How a replay stands. */
  record Again(String words, String tone, long done, long total, boolean isRunning) {
    static Again of(StoredReplay replay) {
      var words =
          switch (replay.state()) {
            case RUNNING -> "Being told again: " + replay.done() + " of " + replay.total();
            case DONE ->
                replay.total() == 0
                    ? "There was nothing to tell again."
                    : "Told again: " + replay.done() + " of " + replay.total() + " events.";
            case CANCELLED -> "Telling again was ended early: " + replay.reason();
          };
      var tone =
          switch (replay.state()) {
            case RUNNING -> "";
            case DONE -> "good";
            case CANCELLED -> "warn";
          };
      return new Again(words, tone, replay.done(), replay.total(), replay.isRunning());
    }
  }
}
