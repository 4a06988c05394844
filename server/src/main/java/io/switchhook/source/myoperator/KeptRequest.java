package io.switchhook.source.myoperator;

import io.switchhook.event.Bytes;
import java.time.Instant;

/**
 * A request as it is kept: what it takes to read it, today or after a change of the settings.
 *
 * @param rawQuery without the sender's secret
 */
public record KeptRequest(
    Instant receivedAt, String method, String rawQuery, String contentType, Bytes body) {
  /** Says what it is, not what is in it: a request holds telephone numbers. */
  @Override
  public String toString() {
    return method + " with " + body.size() + " bytes";
  }
}
