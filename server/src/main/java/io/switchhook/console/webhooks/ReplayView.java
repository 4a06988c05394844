package io.switchhook.console.webhooks;

import io.switchhook.console.CallWords.Badge;
import io.switchhook.console.Texts;
import io.switchhook.delivery.Replay;
import io.switchhook.replay.Asked;
import io.switchhook.replay.StoredReplay;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a replay stands, or would.
 *
 * @param words what it is about
 * @param from null when it reaches back to the oldest that is kept
 * @param to null for a call, of which all is told
 */
record ReplayView(
    String id,
    String words,
    @Nullable Instant from,
    @Nullable Instant to,
    String state,
    Badge badge,
    long done,
    long total,
    boolean isRunning,
    Instant requestedAt) {
  static ReplayView of(StoredReplay stored) {
    var asked = stored.asked();
    var end = asked.to() == null ? stored.replay().requestedAt() : asked.to();
    return new ReplayView(
        stored.replay().id().value(),
        asked.uid() == null ? only(asked) : "call " + asked.uid(),
        asked.from(),
        asked.uid() == null ? end : null,
        state(stored),
        switch (stored.state()) {
          case RUNNING -> new Badge("waiting", "running");
          case DONE -> new Badge("delivered", "done");
          case CANCELLED -> new Badge("ended", "cancelled");
        },
        stored.done(),
        stored.total(),
        stored.isRunning(),
        stored.replay().requestedAt());
  }

  static String only(Asked asked) {
    return asked.only() == Replay.Only.FAILED ? "what was given up" : "everything";
  }

  private static String state(StoredReplay stored) {
    var told =
        String.format(Locale.ROOT, "%,d", stored.done())
            + " of "
            + Texts.count(stored.total(), "event");
    return switch (stored.state()) {
      case RUNNING -> told + " so far";
      case DONE ->
          stored.total() == 0
              ? "nothing to tell again"
              : told
                  + " told again"
                  + (stored.gone() == 0 ? "" : "; the others were no longer kept");
      case CANCELLED -> told + " told again, then ended: " + stored.reason();
    };
  }

  /**
   * What somebody asks to be told again, as they chose it.
   *
   * @param range {@code hour}, {@code day}, {@code week}, {@code kept} or {@code between}
   * @param problem why it cannot be; {@code ""} when it can
   * @param counted what it would be; none before it was counted
   */
  record Ask(
      String range,
      String from,
      String to,
      String zone,
      boolean isAll,
      String problem,
      List<Counted> counted) {
    Ask {
      counted = List.copyOf(counted);
    }

    boolean isOpen() {
      return !problem.isEmpty() || !counted.isEmpty();
    }
  }

  /**
   * How many events would be told.
   *
   * @param from the exact times, as the second form sends them; {@code ""} for all that is kept
   * @param keptFrom since when events are kept, when what is asked for begins before; else null
   */
  record Counted(long total, String words, String from, String to, @Nullable Instant keptFrom) {}
}
