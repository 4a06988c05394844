package io.switchhook.source;

import io.switchhook.event.CompanyId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Where another system's requests come in, at {@code /in/NAME}. May be used from any thread; only
 * {@link #unread} and {@link #retryUnread} wait for a store.
 */
public interface Door {
  /** Name of its source: the last part of its address. */
  String name();

  /** The company whose calls come in here. */
  CompanyId company();

  /**
   * Whether the sender of a request is the one that it should be. Asked with the head alone, before
   * the body is read; compares secrets in constant time.
   */
  boolean isProven(DoorRequest head);

  /** What a sender that did not prove itself may try, for {@code WWW-Authenticate}. */
  String challenge();

  /**
   * Takes a request of a sender that has proven itself. Completes when it is durable, also when it
   * cannot be read, or says why not; never fails for what is in the request.
   */
  CompletionStage<DoorAnswer> take(DoorRequest request);

  /**
   * Requests that are kept because they could not be read, the newest first; at most {@code max}.
   */
  List<UnreadRequest> unread(int max);

  /** How many requests are kept because they could not be read; returns at once. */
  long unreadCount();

  /** Reads again, with the settings of today, all that could not be read. */
  Retried retryUnread();

  /** What came of reading again: how many are told now, and how many are still kept unread. */
  record Retried(int read, int unread) {}
}
