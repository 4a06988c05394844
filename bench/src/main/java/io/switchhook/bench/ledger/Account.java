package io.switchhook.bench.ledger;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of everything that was sent. Events are counted once, deliveries once for each
 * webhook that wants the event.
 *
 * @param sent events
 * @param accepted events, by a 202
 * @param refused events, by any other answer
 * @param unanswered events; they may have been kept
 * @param wanted deliveries of accepted events
 * @param delivered answered 200 by the receiver, at least once
 * @param givenUp as the server has recorded, by reason
 * @param outstanding as the server says
 * @param lost neither of these
 * @param requests that receivers got
 * @param repeats of what they had taken before
 * @param duplicates that the server recognised when events were sent again
 * @param kills of the server
 * @param faults in words
 */
public record Account(
    long sent,
    long accepted,
    long refused,
    long unanswered,
    long wanted,
    long delivered,
    Map<String, Long> givenUp,
    long outstanding,
    long lost,
    long requests,
    long repeats,
    long duplicates,
    int kills,
    List<String> faults) {

  public Account {
    givenUp = Map.copyOf(new TreeMap<>(givenUp));
    faults = List.copyOf(faults);
  }

  /** Deliveries that were given up, for whatever reason. */
  public long givenUpInAll() {
    return givenUp.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * True when nothing is missing: what was sent is answered, what was accepted is accounted for.
   */
  public boolean isBalanced() {
    return sent == accepted + refused + unanswered
        && wanted == delivered + givenUpInAll() + outstanding
        && lost == 0;
  }
}
