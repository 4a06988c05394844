package io.switchhook.receive;

import io.switchhook.calllog.Undressed;
import io.switchhook.event.Bytes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request as it came, and what was answered.
 *
 * @param path without the query
 * @param rawQuery still encoded; {@code ""} when there is none
 * @param headers by their names in lower case; of one that comes twice, the first
 * @param told what it told; null when it was refused unread
 * @param answer what was answered, or is about to be
 */
public record Reception(
    Instant at,
    String method,
    String path,
    String rawQuery,
    Map<String, String> headers,
    Bytes body,
    @Nullable Undressed told,
    Answer answer) {

  public Reception {
    headers = Map.copyOf(headers);
  }

  /** A header, by its name in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Says what it is, not what is in it: requests hold secrets and telephone numbers. */
  @Override
  public String toString() {
    return method + " with " + body + ", answered " + answer.word();
  }
}
