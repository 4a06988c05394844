package io.switchhook.testkit.simulation;

import java.util.List;
import java.util.stream.Stream;

/**
 * The protocol with one thing deliberately wrong.
 *
 * @param claim what the broken variant forgets
 * @param file which source is changed
 * @param right the text as it is; stands there exactly once
 * @param wrong what it is changed to
 */
record Mutant(String claim, String file, String right, String wrong) {
  private static final String ENGINE = "../server/src/main/java/io/switchhook/delivery/engine/";
  static final String STORE = "../testkit/src/main/java/io/switchhook/testkit/simulation/Node.java";

  private static final List<Mutant> OF_LANES =
      List.of(
          in(
              "a store moves the watermark after the rows are put",
              STORE,
              "stages.add(() -> world.disk.moveWatermark(commit));",
              "stages.addFirst(() -> world.disk.moveWatermark(commit));"),
          in(
              "a store deletes rows after the watermark has moved",
              STORE,
              "stages.add(() -> world.disk.deleteLanes(commit));",
              "stages.addFirst(() -> world.disk.deleteLanes(commit));"),
          engine(
              "lanes are remembered over a restart",
              "Engine.java",
              "    state.lanes().forEach(row -> openLane(book, row));\n",
              ""),
          engine(
              "one event of a lane is in flight at a time",
              "Lane.java",
              "return inFlight == null && !reading &&",
              "return !reading &&"),
          engine(
              "what failed stays at the head",
              "MakeAttempts.java",
              "    lane.queue.addFirst(item);\n",
              ""),
          engine(
              "the watermark stops at what is pending",
              "CommitCursors.java",
              "            book.crowd.window.base(),\n",
              "            book.crowd.window.readPosition(),\n"),
          engine(
              "a row stays until the watermark has passed its head",
              "CommitCursors.java",
              "} else if (lane.head <= lane.reader.window.base()) {",
              "} else {"),
          engine(
              "a give-up is durable before the next event starts",
              "Lane.java",
              "!reading && unsavedGiveUps == 0 && !dropped",
              "!reading && !dropped"),
          engine(
              "a give-up is put with its lane's row",
              "GiveUpEvents.java",
              "    closed(lane, item);\n    lane.wantsRow = true;\n",
              "    closed(lane, item);\n"),
          engine(
              "a give-up is recorded",
              "CommitCursors.java",
              "        puts.put(key(pending.record()), pending.record());\n",
              ""),
          engine(
              "no attempt starts after the time to live",
              "GiveUpEvents.java",
              "      return Reason.EXPIRED;\n",
              "      return null;\n"),
          engine(
              "only who wants it so is not told stale events",
              "GiveUpEvents.java",
              "return entry.webhook().settings().superseded() == Superseded.DROP",
              "return entry.webhook().settings().superseded() != null"),
          engine(
              "the end of a call is never stale",
              "GiveUpEvents.java",
              "        && !CallEnds.isFinal(item.event());",
              "        && item.event() != null;"),
          engine(
              "an event is stale only when a later one waits",
              "GiveUpEvents.java",
              "        && lane.queue.size() > 1\n",
              ""),
          engine(
              "a parked lane waits",
              "Lane.java",
              "        && nextAt == null\n        && (!queue",
              "        && (!queue"),
          engine(
              "Retry-After is honoured",
              "RetrySchedule.java",
              "wait = asked.compareTo(wait) > 0 ? asked : wait;",
              "wait = wait.plusMillis(0 * asked.toMillis());"),
          engine(
              "what is pending when a webhook is disabled is given up",
              "GiveUpEvents.java",
              "      return Reason.DISABLED;\n",
              "      return null;\n"),
          engine(
              "the receiver hears how many were skipped",
              "Lane.java",
              "return (item.opensCall() ? 0 : skipped) + item.disabledBefore();",
              "return item.opensCall() ? 0 : item.disabledBefore();"),
          engine(
              "what was skipped of an earlier call with this uid is not told",
              "Lane.java",
              "return (item.opensCall() ? 0 : skipped) + item.disabledBefore();",
              "return skipped + item.disabledBefore();"),
          engine(
              "a failing receiver is left alone",
              "Breaker.java",
              "    return openUntil.isAfter(now) ? 0 : 1;",
              "    return openUntil.isAfter(now) ? 1 : 1;"),
          engine(
              "after a pause one attempt asks whether the receiver is well",
              "Breaker.java",
              "    return openUntil.isAfter(now) ? 0 : 1;",
              "    return openUntil.isAfter(now) ? 0 : 8;"),
          engine(
              "a probe that fails lets nobody else through",
              "Breaker.java",
              "    pause = pause.isZero() ? PAUSE_FIRST : pause.multipliedBy(2);\n"
                  + "    openUntil = now.plus(",
              "    pause = pause.isZero() ? PAUSE_FIRST : Duration.ZERO;\n"
                  + "    openUntil = now.plus("),
          engine(
              "the receiver hears what came before",
              "Lane.java",
              "    tailPrevious = sequenceAfter(item);\n    tailDisabled = 0;\n  }",
              "    tailDisabled = 0;\n  }"),
          engine(
              "what is left in the journal is read later",
              "Lane.java",
              "unreadBound = Math.max(unreadBound, offset + 1);",
              "unreadBound = Math.max(unreadBound, 0);"),
          engine(
              "a lane that forgets its queue reads it again",
              "Lane.java",
              "      readFrom = head;\n      headPrevious = isLive()",
              "      headPrevious = isLive()"),
          engine(
              "a lane's head moves past what was delivered",
              "Lane.java",
              "    head = item.offset() + 1;\n",
              "    head = item.offset();\n"),
          engine(
              "a restored lane reads up to the watermark",
              "Lane.java",
              "lane.unreadBound = Math.max(row.head(), reader.stored);",
              "lane.unreadBound = row.head();"),
          engine(
              "what a lane's row says is terminal is not told again",
              "RouteEvents.java",
              "    if (item.offset() < lane.head) {\n      return 0;",
              "    if (item.offset() < lane.head - 1_000_000) {\n      return 0;"),
          engine(
              "nothing is routed while a webhook changes",
              "ReadJournal.java",
              "    return !book.held\n        && !board.stopping",
              "    return !board.stopping"),
          engine(
              "the lanes of a deleted webhook go",
              "Engine.java",
              "        makeAttempts.drop(gate);\n",
              ""),
          engine(
              "the count of attempts is remembered over a restart",
              "Lane.java",
              "lane.attempts = row.attempts();",
              "lane.attempts = row.attempts() * 0;"),
          engine(
              "a clean stop waits until all is stored",
              "Engine.java",
              "return board.stopping && nextDue() == null && load().commitsUnderWay() == 0;",
              "return board.stopping;"),
          engine(
              "no cursor waits for one call",
              "CommitCursors.java",
              "    detachWebhooks.relieve(book, board.stopping ? null :"
                  + " board.now.minus(board.patience()));\n",
              ""),
          engine(
              "a row is put again when its lane has moved",
              "CommitCursors.java",
              "if (!row.equals(lane.storedRow)) {",
              "if (lane.storedRow == null) {"),
          engine(
              "what was not heard from the first event on is looked up",
              "RouteEvents.java",
              "      call.heardFromTheFirst = false;",
              "      call.heardFromTheFirst = true;"),
          engine(
              "a call that is behind is not forgotten",
              "Lane.java",
              "return isSettled() && !covered && !wantsRow && unsavedGiveUps == 0 && !reading;",
              "return true;"),
          engine(
              "an event is closed in the window only when it is terminal",
              "MakeAttempts.java",
              "    lane.queue.addFirst(item);\n",
              "    lane.queue.addFirst(item);\n"
                  + "    if (!lane.covered) { lane.reader.window.close(item.offset()); lane.covered"
                  + " = true; }\n"));

  /** All that are known: of lanes and their rows, and of who reads for itself. */
  static final List<Mutant> ALL =
      Stream.of(OF_LANES, MutantsOfFeeds.ALL).flatMap(List::stream).toList();

  static Mutant engine(String claim, String file, String right, String wrong) {
    return in(claim, ENGINE + file, right, wrong);
  }

  static Mutant in(String claim, String file, String right, String wrong) {
    return new Mutant(claim, file, right, wrong);
  }

  @Override
  public String toString() {
    return claim;
  }
}
