package io.switchhook.source.myoperator;

import io.switchhook.source.DoorAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What came to one door and is not in the journal yet, what could not be read, and what is to be
 * remembered of calls. Durable: what {@link #keep} has taken is there after a crash. Methods may be
 * called from any thread, and wait for the store where they return no stage.
 */
public interface Inbox extends AutoCloseable {
  /** The most unread requests that are kept; the oldest go first. */
  int UNREAD_MAX = 10_000;

  /** The most bytes of all unread requests together; the oldest go first. */
  long UNREAD_BYTES_MAX = 64L << 20;

  /** The most rows that are read at once. */
  int PAGE_MAX = 500;

  /** What came of keeping. */
  sealed interface Kept {
    /** It is durable, under this id: a higher one than all before. */
    record Durable(long id) implements Kept {}

    /** Nothing was kept. */
    record Refused(DoorAnswer.Unavailable answer) implements Kept {}
  }

  /**
   * A request that is kept.
   *
   * @param reason why it could not be read; empty for one that waits
   */
  record Row(long id, KeptRequest request, String reason) {}

  /** Keeps a request that is to be told. */
  CompletionStage<Kept> keep(KeptRequest request);

  /** Keeps a request that could not be read. */
  CompletionStage<Kept> keepUnread(KeptRequest request, String reason);

  /**
   * Notes that what these requests told is in the journal, all of it at once.
   *
   * @param memories what is to be remembered of their calls, by uid, as text
   * @return false when the disk is full, and nothing was noted
   */
  boolean told(List<Long> ids, Map<String, String> memories, Instant now);

  /** Requests that wait, in the order in which they came, from behind an id on. */
  List<Row> waiting(long afterId, int max);

  /** Unread requests, the newest first, from in front of an id on. */
  List<Row> unread(long beforeId, int max);

  /** How many requests are kept unread. */
  long unreadCount();

  /** Lets unread requests wait to be told. */
  void readAgain(List<Long> ids);

  /** Lets a request that waited count as unread. */
  void setUnread(long id, String reason);

  /** What is remembered of a call. */
  Optional<String> memory(String uid);

  /** Drops what is too old. */
  void forget(Instant callsUntouchedSince, Instant unreadReceivedBefore);

  @Override
  void close();
}
