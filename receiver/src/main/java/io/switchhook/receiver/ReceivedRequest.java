package io.switchhook.receiver;

import org.jspecify.annotations.Nullable;

/**
 * A request as it came, from whatever web stack.
 *
 * @param method as it stands in the request line
 * @param rawQuery what stands behind the {@code ?}, still encoded; null or {@code ""} when there is
 *     none
 * @param body the bytes exactly as they came, empty when there is none: a signature is over bytes,
 *     so nobody may have parsed and written them again; not copied, so it must not change
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: it is taken apart at once.
public record ReceivedRequest(
    String method, @Nullable String rawQuery, Headers headers, byte[] body) {
  /** The query, {@code ""} when there is none. */
  String query() {
    return rawQuery == null ? "" : rawQuery;
  }

  /** Says what it is, not what is in it: requests hold secrets and telephone numbers. */
  @Override
  public String toString() {
    return method + " with " + body.length + " bytes";
  }
}
