package io.switchhook.history;

import java.util.Comparator;
import java.util.List;

/** Puts deliveries that are in memory into the pages that a query asks for. */
public final class DeliveryPlaces {
  /** The order of lists. */
  public static final Comparator<DeliveryRow> NEWEST_FIRST =
      Comparator.comparing(DeliveryPlaces::place).reversed();

  private DeliveryPlaces() {}

  /** True when the query asks for this delivery, as far as its time, webhook and outcome go. */
  public static boolean fits(DeliveryQuery query, DeliveryRow row) {
    var acceptedAt = row.event().acceptedAt();
    return (query.webhook() == null || query.webhook().equals(row.webhook()))
        && (query.outcome() == null || query.outcome() == row.outcome())
        && isOfFailure(query, row)
        && (query.from() == null || !acceptedAt.isBefore(query.from()))
        && (query.to() == null || acceptedAt.isBefore(query.to()))
        && (query.cursor() == null || place(row).compareTo(DeliveryPlace.of(query.cursor())) < 0);
  }

  private static boolean isOfFailure(DeliveryQuery query, DeliveryRow row) {
    var failure = query.failure() == null ? null : Failure.of(row);
    return query.failure() == null || (failure != null && query.failure().fits(failure));
  }

  /** The page that begins a list of what fits, in its order. */
  public static Page<DeliveryRow> page(List<DeliveryRow> fitting, int limit) {
    if (fitting.size() <= limit) {
      return new Page<>(fitting, null);
    }
    var items = fitting.subList(0, limit);
    return new Page<>(items, place(items.getLast()).cursor());
  }

  private static DeliveryPlace place(DeliveryRow row) {
    return DeliveryPlace.of(row.event(), row.webhook());
  }
}
