package io.switchhook.testkit.ledger;

import io.switchhook.receive.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * Whether what a receiver saw of one call is what was promised. The check walks over the requests
 * in the order in which they came and knows, of each event, the last of them that told it:
 *
 *   - the next request is the same event again, if it was not taken;
 *   - or a later one, if each between is settled: taken, or given up with a record;
 *   - or, when the server was killed in between, an earlier one, if each from there on was taken
 *     so short before the kill that the server need not have stored it.
 *
 * Nothing else is allowed. What a request says about the story so far must be what was seen.
 */
final class CheckLane {
  /**
   * What was taken longer than this before a kill must be stored. Cursors are stored every 200 ms,
   * and an attempt that is out for less than a second may hold that up; the rest is for a machine
   * that is busy.
   */
  static final Duration UNSTORED_MAX = Duration.ofSeconds(2);

  private static final double JITTER_MIN = 0.8;
  private static final Duration ROUNDING = Duration.ofMillis(2);
  private static final int NOT_FOUND = 404;
  private static final int TRIES_OF_A_BAD_EVENT = 3;

  private final LaneFacts facts;
  private final List<String> violations = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<Integer, Reception> last = new HashMap<>();
  private final Map<Integer, List<Reception>> all = new HashMap<>();
  private int current;
  private @Nullable Reception before;

  private CheckLane(LaneFacts facts) {
    this.facts = facts;
    for (var place = 0; place < facts.wanted().size(); place++) {
      places.put(facts.wanted().get(place).token(), place);
    }
  }

  /** What is wrong with a lane, in words; nothing when all promises were kept. */
  static List<String> of(LaneFacts facts) {
    var check = new CheckLane(facts);
    for (var reception : facts.receptions()) {
      check.next(reception);
    }
    check.end();
    return check.violations;
  }

  private void next(Reception reception) {
    var place = places.get(reception.token());
    if (place == null) {
      wrong(reception, "is not wanted by this webhook");
      return;
    }
    names(reception, place);
    singleFlight(reception);
    if (place < current || (place == current && isTaken(place))) {
      repeat(reception, place);
    } else {
      settledBetween(reception, place);
      retry(reception, place);
    }
    skipped(reception, place);
    current = place;
    before = reception;
    last.put(place, reception);
    all.computeIfAbsent(place, _ -> new ArrayList<>()).add(reception);
  }

  private void names(Reception reception, int place) {
    var wanted = facts.wanted().get(place).accepted();
    if (!reception.webhookId().equals(wanted.id())) {
      wrong(reception, "has the webhook-id " + reception.webhookId() + ", not " + wanted.id());
    }
    if (reception.sequence() != wanted.sequence()) {
      wrong(reception, "does not have the sequence " + wanted.sequence());
    }
    var previous = place == 0 ? 0 : facts.wanted().get(place - 1).accepted().sequence();
    if (reception.previous() != previous) {
      wrong(reception, "does not have the previous sequence " + previous);
    }
  }

  private void singleFlight(Reception reception) {
    if (before != null && before.life() == reception.life() && !hasEnded(before, reception)) {
      wrong(reception, "came before the request before it was answered");
    }
  }

  /** True when a request was answered, or its sender hung up, before the next one came. */
  private static boolean hasEnded(Reception before, Reception next) {
    if (before.answer() instanceof Answer.Timeout) {
      // On a busy machine a receiver may see late that the sender hung up: time proves it, too.
      return (before.written() && before.answeredAt() <= next.at())
          || next.since(before).compareTo(Script.TIMEOUT.dividedBy(2)) > 0;
    }
    return before.answeredAt() <= next.at();
  }

  /** An event is told again that was taken, or that has later ones behind it. */
  private void repeat(Reception reception, int place) {
    for (var i = place; i <= current; i++) {
      var seen = last.get(i);
      if (seen == null) {
        if (i < current) {
          wrong(reception, "goes back behind an event that was given up untold: " + i);
        }
      } else if (!seen.isTold()) {
        if (i < current) {
          wrong(reception, "goes back behind a give-up: " + seen.line());
        }
      } else if (!isExplainedByFailure(seen, i) && !isExplainedByKill(seen, reception)) {
        wrong(reception, "repeats without a reason what was taken: " + seen.line());
      }
    }
  }

  /** The answer went out late, or the server has recorded that it did not come in time. */
  private boolean isExplainedByFailure(Reception taken, int place) {
    return taken.isLate() || facts.wanted().get(place).isTimedOut(taken);
  }

  private boolean isExplainedByKill(Reception taken, Reception repeat) {
    return taken.life() < repeat.life()
        && taken.answeredAt() > facts.kills().get(taken.life()) - UNSTORED_MAX.toNanos();
  }

  /** Each event between the one told last and this one must be settled. */
  private void settledBetween(Reception reception, int place) {
    for (var i = current; i < place; i++) {
      settled(i, reception);
    }
  }

  private void settled(int place, @Nullable Reception by) {
    if (isTaken(place)) {
      return;
    }
    var wanted = facts.wanted().get(place);
    var what = by == null ? "the end" : by.line();
    // A success that history has heard of is never taken back, also when a crash undid it.
    var undone = wasTaken(place) && wanted.outcome().equals("delivered");
    if (!wanted.isGivenUp() && !undone) {
      violations.add("at " + what + ": " + wanted.token() + " is not settled before");
    }
    if (wanted.outcome().equals("given_up_expired") || undone) {
      expired(wanted, by);
    } else if (tries(place) < triesMin(place)) {
      violations.add(wanted.token() + " was given up after " + tries(place) + " tries");
    }
  }

  private void expired(LaneFacts.Wanted wanted, @Nullable Reception by) {
    var timeToLive = facts.timeToLive();
    if (timeToLive == null) {
      if (wanted.isGivenUp()) {
        violations.add(wanted.token() + " expired although it had time");
      }
    } else if (by != null
        && by.at() < wanted.accepted().sentFirstAt() + timeToLive.minus(ROUNDING).toNanos()) {
      violations.add("at " + by.line() + ": " + wanted.token() + " had not expired yet");
    }
  }

  private int tries(int place) {
    var seen = all.getOrDefault(place, List.of());
    var count = seen.isEmpty() ? 0 : 1;
    for (var i = 1; i < seen.size(); i++) {
      count += seen.get(i).isSecondGoOf(seen.get(i - 1)) ? 0 : 1;
    }
    return count;
  }

  private int triesMin(int place) {
    var seen = all.getOrDefault(place, List.of());
    var isBad =
        !seen.isEmpty()
            && seen.getLast().answer() instanceof Answer.Status(int code, _)
            && code == NOT_FOUND;
    return isBad ? TRIES_OF_A_BAD_EVENT : Script.SCHEDULE.size() + 1;
  }

  /** A try after one that failed comes when the schedule or the receiver says, and is counted. */
  private void retry(Reception reception, int place) {
    var seen = last.get(place);
    if (seen == null) {
      if (reception.attempt() != 1) {
        wrong(reception, "is no first attempt, but the first that was seen");
      }
      return;
    }
    if (reception.isSecondGoOf(seen)) {
      return;
    }
    var counted = seen.attempt() + 1;
    var isNewLife = seen.life() != reception.life();
    if (isNewLife ? reception.attempt() > counted : reception.attempt() != counted) {
      wrong(reception, "does not count as attempt " + counted);
    }
    var isEarly = reception.since(seen).compareTo(waitMin(seen)) < 0;
    if (!isNewLife && isEarly && !isReleased(seen, reception)) {
      wrong(reception, "came too early after " + seen.line());
    }
  }

  /** What waits for a receiver that failed goes at once when it answers again. */
  private boolean isReleased(Reception failed, Reception next) {
    var apart = Reception.CLOCKS.toNanos();
    return failed.isOutage()
        && facts.recoveries().stream()
            .anyMatch(at -> at > failed.at() - apart && at < next.at() + apart);
  }

  private static Duration waitMin(Reception failed) {
    var number = Math.min(failed.attempt(), Script.SCHEDULE.size());
    var wait = Duration.ofMillis((long) (Script.SCHEDULE.get(number - 1).toMillis() * JITTER_MIN));
    var asked = failed.retryAfter();
    return (asked.compareTo(wait) > 0 ? asked : wait).minus(ROUNDING);
  }

  private void skipped(Reception reception, int place) {
    var allowed = skippedAllowed(place);
    if (!allowed.contains(reception.skipped())) {
      wrong(reception, "should say that it skipped " + allowed);
    }
  }

  /** How many events before this one were given up since the last one told. */
  private Set<Integer> skippedAllowed(int place) {
    var allowed = new HashSet<Integer>();
    var count = 0;
    for (var i = place - 1; i >= 0; i--) {
      if (isTaken(i)) {
        allowed.add(count);
        if (!mayHaveExpiredAfterKill(i)) {
          return allowed;
        }
      }
      count++;
    }
    allowed.add(count);
    return allowed;
  }

  /** Taken so short before a kill that the next life, not knowing it, may have found it expired. */
  private boolean mayHaveExpiredAfterKill(int place) {
    var seen = last.get(place);
    return facts.timeToLive() != null
        && seen != null
        && seen.life() < facts.kills().size()
        && seen.answeredAt() > facts.kills().get(seen.life()) - UNSTORED_MAX.toNanos();
  }

  private void end() {
    for (var i = current; i < facts.wanted().size(); i++) {
      settled(i, null);
    }
    for (var place = 0; place < facts.wanted().size(); place++) {
      var wanted = facts.wanted().get(place);
      if (wanted.outcome().equals("delivered") && !wasTaken(place)) {
        violations.add(wanted.token() + " is shown as delivered, and was never taken");
      }
      if (!wanted.outcome().equals("delivered")
          && isTaken(place)
          && !mayHaveExpiredAfterKill(place)) {
        violations.add(wanted.token() + " was taken, and is shown as " + wanted.outcome());
      }
    }
  }

  private boolean isTaken(int place) {
    var seen = last.get(place);
    return seen != null && seen.isTold();
  }

  private boolean wasTaken(int place) {
    return all.getOrDefault(place, List.of()).stream().anyMatch(Reception::isTold);
  }

  private void wrong(Reception reception, String words) {
    violations.add(reception.line() + "\n    " + words);
  }
}
