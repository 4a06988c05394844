package io.switchhook.history;

import io.switchhook.event.WebhookId;
import java.time.Instant;
import java.util.Comparator;
import java.util.regex.Pattern;

/** Where a delivery stands in lists: by its event's acceptance, then by what tells it apart. */
public record DeliveryPlace(Instant acceptedAt, int partition, long offset, WebhookId webhook)
    implements Comparable<DeliveryPlace> {
  private static final Comparator<DeliveryPlace> OLDEST_FIRST =
      Comparator.comparing(DeliveryPlace::acceptedAt)
          .thenComparingInt(DeliveryPlace::partition)
          .thenComparingLong(DeliveryPlace::offset)
          .thenComparing(DeliveryPlace::webhook);
  private static final Pattern KEY = Pattern.compile("(\\d{1,3})\\.(\\d{1,18})\\.(.*)");

  /** The place of this delivery. */
  public static DeliveryPlace of(EventRef event, WebhookId webhook) {
    return new DeliveryPlace(event.acceptedAt(), event.partition(), event.offset(), webhook);
  }

  /** The place that a cursor tells; a cursor of another list tells its time alone. */
  public static DeliveryPlace of(Cursor cursor) {
    var at = Instant.ofEpochMilli(cursor.atMillis());
    var key = KEY.matcher(cursor.key());
    return key.matches()
        ? new DeliveryPlace(
            at,
            Integer.parseInt(key.group(1)),
            Long.parseLong(key.group(2)),
            new WebhookId(key.group(3)))
        : new DeliveryPlace(at, 0, 0, new WebhookId(""));
  }

  /** The cursor that tells this place. */
  public Cursor cursor() {
    return new Cursor(acceptedAt.toEpochMilli(), partition + "." + offset + "." + webhook);
  }

  @Override
  public int compareTo(DeliveryPlace other) {
    return OLDEST_FIRST.compare(this, other);
  }
}
