package io.switchhook.testkit.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about one call at one webhook.
 *
 * @param wanted what should be told, in order
 * @param receptions what the receiver saw, in the order in which it came
 * @param kills when each life of the server ended, in nanoseconds of the ledger's clock
 * @param recoveries when the server said that the receiver answers again after failing: what waited
 *     for it goes at once
 * @param timeToLive of the webhook; null when nothing expires
 */
record LaneFacts(
    String lane,
    List<Wanted> wanted,
    List<Reception> receptions,
    List<Long> kills,
    List<Long> recoveries,
    @Nullable Duration timeToLive) {
  LaneFacts {
    wanted = List.copyOf(wanted);
    receptions = List.copyOf(receptions);
    kills = List.copyOf(kills);
    recoveries = List.copyOf(recoveries);
  }

  /**
   * An attempt that was not answered in time. Its request may be read long after: on a machine that
   * is short of time a connection waits until the receiver comes to accept it.
   *
   * @param life of the server, 0 until its first kill
   * @param began in nanoseconds of the ledger's clock
   */
  record TimedOut(int life, int attempt, long began) {
    String words() {
      return "attempt " + attempt + " at " + began / 1_000_000 + " ms";
    }
  }

  /**
   * An event that should be told.
   *
   * @param outcome what the API says became of it
   * @param timedOut those attempts that the API shows as not answered in time
   */
  record Wanted(Accepted accepted, String outcome, Set<TimedOut> timedOut) {
    Wanted {
      timedOut = Set.copyOf(timedOut);
    }

    String token() {
      return accepted.event().token();
    }

    /** True when the API shows the attempt that brought this request as not answered in time. */
    boolean isTimedOut(Reception reception) {
      return timedOut.stream().anyMatch(reception::isOf);
    }

    boolean isGivenUp() {
      return outcome.startsWith("given_up_");
    }
  }

  /** Everything, for a person who has to find out what happened. */
  String story() {
    var events =
        wanted.stream()
            .map(
                it ->
                    "  sequence %d %s %s, sent at %.3f ms: %s, timed out: %s"
                        .formatted(
                            it.accepted().sequence(),
                            it.token(),
                            it.accepted().id(),
                            it.accepted().sentFirstAt() / 1e6,
                            it.outcome(),
                            it.timedOut().stream().map(TimedOut::words).toList()))
            .collect(Collectors.joining("\n"));
    var killed =
        kills.stream()
            .map(at -> String.format("%.3f ms", at / 1e6))
            .collect(Collectors.joining(", "));
    var seen =
        receptions.stream().map(Reception::line).collect(Collectors.joining("\n  ", "  ", ""));
    return lane + ", the server killed at " + killed + "\n" + events + "\n" + seen;
  }
}
