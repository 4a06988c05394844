package io.switchhook.bench.scenario;

import io.switchhook.bench.report.Numbers;
import io.switchhook.bench.report.Report.Check;
import io.switchhook.bench.run.RunResult;
import io.switchhook.bench.run.RunResult.HeapPoint;
import io.switchhook.bench.run.RunResult.Timeline;
import io.switchhook.bench.run.Sample;

/** What several scenarios look at. */
final class Checks {
  /** So many lanes a webhook may have. */
  static final long LANES_MAX = 10_000;

  /**
   * What is left of the heap may grow by this factor from the first half of a run to the second.
   */
  private static final double GROWTH_MAX = 1.5;

  private static final long GROWTH_BYTES_MIN = 16L << 20;

  /** Fewer full collections say nothing about growth. */
  private static final int COLLECTIONS_MIN = 4;

  private Checks() {}

  /** That nothing was lost, told out of order or without its marks. */
  static Check ledger(RunResult run) {
    var account = run.account();
    return new Check(
        "the ledger balances, each call in order",
        "%s wanted, %s delivered, %s given up, %s outstanding, %s lost; %s repeats after %d kills"
            .formatted(
                Numbers.count(account.wanted()),
                Numbers.count(account.delivered()),
                Numbers.count(account.givenUpInAll()),
                Numbers.count(account.outstanding()),
                Numbers.count(account.lost()),
                Numbers.count(account.repeats()),
                account.kills()),
        "none lost, none out of order",
        account.isBalanced() && account.faults().isEmpty());
  }

  /**
   * That everything is over: told, or given up with a record. What a kill left without an answer
   * was not promised.
   */
  static Check isOver(RunResult run) {
    var account = run.account();
    return new Check(
        "every delivery came to its end",
        "%s outstanding; %s events refused, %s not answered"
            .formatted(
                Numbers.count(account.outstanding()),
                Numbers.count(account.refused()),
                Numbers.count(account.unanswered())),
        account.kills() == 0 ? "0; 0, 0" : "0; 0, what kills left without an answer",
        account.outstanding() == 0
            && account.refused() == 0
            && (account.unanswered() == 0 || account.kills() > 0));
  }

  /** That lanes stayed within their cap. */
  static Check lanes(RunResult run) {
    var most = run.timeline().samples().stream().mapToLong(Sample::lanesMax).max().orElse(-1);
    return new Check(
        "lanes of all webhooks at most",
        most < 0 ? "the server does not say" : Numbers.count(most),
        Numbers.count(LANES_MAX),
        most >= 0 && most <= LANES_MAX);
  }

  /**
   * That memory stays flat: what is in use does not grow with time. Only full collections say what
   * is in use; a young one leaves garbage among what has grown old.
   */
  static Check memory(RunResult run) {
    return memory(run.timeline(), run.server().residentBytesMax());
  }

  static Check memory(Timeline timeline, long residentBytesMax) {
    var inUse = timeline.inUse();
    var half = inUse.size() / 2;
    var first = most(inUse.subList(0, half));
    var second = most(inUse.subList(half, inUse.size()));
    return new Check(
        "heap in use, second half of the run",
        "%s (first half %s; after %d full collections; RSS at most %s)"
            .formatted(
                Numbers.bytes(second),
                Numbers.bytes(first),
                inUse.size(),
                Numbers.bytes(residentBytesMax)),
        "no growth beyond %.1f times and %s, at least %d collections"
            .formatted(GROWTH_MAX, Numbers.bytes(GROWTH_BYTES_MIN), COLLECTIONS_MIN),
        inUse.size() >= COLLECTIONS_MIN
            && second <= Math.max((long) (first * GROWTH_MAX), first + GROWTH_BYTES_MIN));
  }

  private static long most(Iterable<HeapPoint> points) {
    var most = 0L;
    for (var point : points) {
      most = Math.max(most, point.bytes());
    }
    return most;
  }
}
