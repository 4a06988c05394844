package io.switchhook.bench.ledger;

import java.util.List;

/** What the server says about deliveries that were not told. */
public interface Outcomes {
  /**
   * The words of the outcomes that are asked for, in this order: what waits may be given up while
   * it is read, but not the other way round.
   */
  List<String> WORDS =
      List.of(
          "pending",
          "failed",
          "given_up_exhausted",
          "given_up_expired",
          "given_up_superseded",
          "given_up_disabled",
          "given_up_retention");

  /**
   * Gives each delivery of a webhook with this outcome.
   *
   * @param max more are not given
   */
  void each(int webhook, String outcome, int max, Found found);

  /**
   * What the server says of one event at a webhook. May be asked by several threads.
   *
   * @param uid of the call
   * @param place of the event in it, counted from 0
   */
  Known of(int webhook, String uid, int place);

  /**
   * What the server knows of an event.
   *
   * @param isUndecided true when it has not looked yet whom to tell it
   * @param isUnheard true when it did not hear the answer to one of its requests, or has lost what
   *     it knew of them: then it tells the event again
   * @param isGivenUp true when it has on record that it gave the event up
   * @param isWaiting true when it has on record that the event is still to be told
   */
  record Known(boolean isUndecided, boolean isUnheard, boolean isGivenUp, boolean isWaiting) {}

  /** How many deliveries of this webhook wait, as the server says. */
  long backlog(int webhook);

  /** Takes a delivery. */
  interface Found {
    /**
     * One delivery.
     *
     * @param traffic number of it, from the call's uid
     * @param call number of it, from the call's uid
     * @param idHash of the event's id
     */
    void delivery(int traffic, long call, int idHash);
  }
}
