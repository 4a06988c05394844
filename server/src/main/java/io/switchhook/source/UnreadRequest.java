package io.switchhook.source;

import io.switchhook.event.Bytes;
import java.time.Instant;

/**
 * A request that proved itself and could not be read, as it came.
 *
 * @param id its place in what is kept
 * @param rawQuery without the sender's secret
 * @param reason why it could not be read, and what is expected
 */
public record UnreadRequest(
    long id,
    Instant receivedAt,
    String method,
    String rawQuery,
    String contentType,
    Bytes body,
    String reason) {
  /** Says what it is, not what is in it: a request holds telephone numbers. */
  @Override
  public String toString() {
    return "unread request " + id + ": " + reason;
  }
}
