package io.switchhook.console.deliveries;

import io.switchhook.console.CallWords.Badge;
import io.switchhook.console.Frame;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the list of deliveries shows.
 *
 * @param reason the group of failures that is looked at; {@code ""} for all
 * @param allReasons the same search without a group
 * @param next the address of the next page; {@code ""} at the end
 * @param isFirst true for the first page
 */
record DeliveriesView(
    Frame frame,
    DeliverySearch search,
    List<Choice> webhooks,
    List<Choice> outcomes,
    List<Group> groups,
    List<Row> rows,
    String self,
    String reason,
    String allReasons,
    String next,
    String first,
    String newWebhook,
    boolean isFirst) {
  DeliveriesView {
    webhooks = List.copyOf(webhooks);
    outcomes = List.copyOf(outcomes);
    groups = List.copyOf(groups);
    rows = List.copyOf(rows);
  }

  /** Something to choose. */
  record Choice(String value, String words, boolean isChosen) {}

  /**
   * Deliveries that failed in one way.
   *
   * @param share how many of the largest group, in percent
   */
  record Group(
      String href,
      String count,
      int share,
      String words,
      String webhook,
      Badge badge,
      Instant newest) {}

  /**
   * One delivery.
   *
   * @param nextAt when it is tried again; null when it is not
   */
  record Row(
      Instant acceptedAt,
      String uid,
      String call,
      String event,
      String eventWords,
      String webhook,
      Badge badge,
      String words,
      @Nullable Instant nextAt) {}
}
