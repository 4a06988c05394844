package io.switchhook.testkit.simulation;

import static io.switchhook.testkit.simulation.Mutant.STORE;
import static io.switchhook.testkit.simulation.Mutant.engine;
import static io.switchhook.testkit.simulation.Mutant.in;

import java.util.List;

/** Broken variants of what feeds, replays, retention and concurrency rest on. */
final class MutantsOfFeeds {
  static final List<Mutant> ALL =
      List.of(
          engine(
              "the crowd's cursor is not behind its own",
              "DetachWebhooks.java",
              "        && reader.stored <= book.crowd.window.base()\n",
              ""),
          engine(
              "the crowd's cursor has not passed what is pending",
              "DetachWebhooks.java",
              "        && book.crowd.window.base() <= reader.window.base();",
              ";"),
          engine(
              "only what comes first at its reader is given up in passing",
              "RouteEvents.java",
              "if (lane.reader.window.size() == 0 && lane.isSettled()",
              "if (lane.isSettled()"),
          engine(
              "what is given up for another reason is another record",
              "GiveUpEvents.java",
              "growing != null && growing.reason() == reason ?",
              "growing != null ?"),
          engine(
              "what has ended is kept by webhook",
              "PartitionBook.java",
              "return offset < highestEnded.getOrDefault(feed, 0L);",
              "return highestEnded.values().stream().anyMatch(ended -> offset < ended);"),
          in(
              "a store puts the cursors of feeds after the rows of lanes",
              STORE,
              "puts.add(() -> world.disk.put(commit, cursor, own));",
              "puts.addFirst(() -> world.disk.put(commit, cursor, own));"),
          engine(
              "who is detached is remembered over a restart",
              "Engine.java",
              "    state.feeds().forEach(cursor -> openFeed(book, cursor, opened.replays()));\n",
              ""),
          engine(
              "the cursor of a detached webhook stops at what is pending",
              "Reader.java",
              "    stored = window.base();",
              "    stored = window.readPosition();"),
          engine(
              "a webhook comes back when it has read as far as the crowd",
              "DetachWebhooks.java",
              "        && reader.window.readPosition() == book.crowd.window.readPosition()\n",
              ""),
          engine(
              "no more calls are behind than the cap allows",
              "Gate.java",
              "return isFull ? 0 : settings.lanesPerWebhook() - count;",
              "return isFull ? 1 : settings.lanesPerWebhook() - count;"),
          engine(
              "who is at the cap is detached",
              "DetachWebhooks.java",
              " && gate.roomForLanes() == 0)",
              " && gate.roomForLanes() < 0)"),
          engine(
              "no row says that something is given up before that is recorded",
              "CommitCursors.java",
              "if (lane.givenUpInPassing && lane.wantsRow) {",
              "if (lane.givenUpInPassing && lane.wantsRow && rows.size() > 1_000_000) {"),
          engine(
              "a give-up stops growing when something is told",
              "RouteEvents.java",
              "    lane.reader.growing = null;\n",
              ""),
          engine(
              "a detached webhook counts what passed while it was disabled",
              "RouteEvents.java",
              "        passDisabled(lane(call, entry, reader, record), record);\n",
              ""),
          engine(
              "a detached webhook notices that a call began anew",
              "RouteEvents.java",
              "      beginCallAgain(reader, entry, record);\n",
              ""),
          engine(
              "a detached webhook looks up what it has not read",
              "RouteEvents.java",
              "      return record.sequence() == 1;\n",
              "      return true;\n"),
          engine(
              "the crowd leaves a detached webhook alone",
              "RouteEvents.java",
              "    if (!book.readerOf(webhook).isCrowd()) {\n      return 0;\n    }\n",
              ""),
          engine(
              "what is passed unread is given up",
              "GiveUpEvents.java",
              "    if (reader.gate != null && reader.isDetached()) {",
              "    if (reader.gate != null && reader.isCrowd()) {"),
          engine(
              "nothing behind what is passed unread is told before that is durable",
              "ReadJournal.java",
              "    if (reader.unsavedGiveUps > 0) {",
              "    if (reader.unsavedGiveUps > 1_000_000) {"),
          engine(
              "no row leads a restart back into what was passed unread",
              "ReadJournal.java",
              "if (hasWhatGoes && rowsBelowFloor(reader).isEmpty()) {",
              "if (hasWhatGoes) {"),
          engine(
              "what came before a call's next event is looked up after a gap",
              "GiveUpEvents.java",
              "      board.calls.forgetThreads(reader);\n",
              ""),
          engine(
              "nothing is let go of while a row points at it",
              "CommitCursors.java",
              "lane.storedRow.head() < book.floor) {",
              "lane.storedRow.head() < 0) {"),
          engine(
              "nothing is let go of before it is given up",
              "CommitCursors.java",
              "book.readers().stream().anyMatch(reader -> reader.stored < book.floor)) {",
              "book.readers().isEmpty()) {"),
          engine(
              "what the journal lets go of is given up",
              "GiveUpEvents.java",
              "    if (item.offset() < lane.book.floor) {",
              "    if (item.offset() < 0) {"),
          engine(
              "an attempt that is out when its replay ends is waited for",
              "Replays.java",
              "    if (lane.inFlight == null) {\n",
              "    if (lane.key != null) {\n"),
          engine(
              "what happens waits while its call is told again",
              "Lane.java",
              "other.isLive() ? !other.isFree() : !other.isSettled() || !other.isFree()",
              "other.isLive() ? !other.isFree() : !other.isFree()"),
          engine(
              "what is told again waits for what is out",
              "Lane.java",
              "other.isLive() ? !other.isFree() : !other.isSettled() || !other.isFree()",
              "!other.isLive() && (!other.isSettled() || !other.isFree())"),
          engine(
              "who waited for what happens is told when that has read on",
              "Board.java",
              "    offerFirst(lane);\n    offerOthers(lane);\n",
              "    offerFirst(lane);\n"),
          engine(
              "what is still to be told by itself is not told again",
              "Replays.java",
              "        || !isTerminal(reader, route, record)) {",
              "        || reader.book == null) {"),
          engine(
              "a replay tells what was asked for, however old",
              "Replays.java",
              "board.now.plus(life)",
              "record.acceptedAt().plus(life)"),
          engine(
              "a replay of what failed leaves out what was delivered",
              "Replays.java",
              "    if (replay.only() == Only.FAILED && !isGivenUp) {",
              "    if (replay.only() == Only.FAILED && isGivenUp) {"),
          engine(
              "a replay ends when all of it is terminal",
              "Replays.java",
              "          && reader.isAtEnd()\n",
              ""),
          engine(
              "a replay goes on where it was after a restart",
              "Replays.java",
              "var reader = Reader.replay(book, gate, replay, cursor);",
              "var reader = Reader.replay(book, gate, replay, cursor + 3);"),
          engine(
              "only what a replay has told counts as told by it",
              "MakeAttempts.java",
              "    if (ended.outcome() instanceof Outcome.Delivered) {",
              "    if (ended.outcome() != null) {"),
          engine(
              "a webhook has so many attempts out at once",
              "Gate.java",
              "    if (taken >= places) {",
              "    if (taken >= places + 8) {"),
          engine(
              "so many attempts are out at once in all",
              "Turns.java",
              "    return taken >= totalMax;",
              "    return taken >= totalMax + 8;"),
          engine(
              "a receiver that has too much is given less",
              "Concurrency.java",
              "      limit = Math.max(1, limit / 2);",
              "      limit = Math.max(1, limit);"));

  private MutantsOfFeeds() {}
}
