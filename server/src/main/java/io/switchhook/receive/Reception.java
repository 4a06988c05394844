package io.switchhook.receive;

import io.switchhook.calllog.CallLog;
import io.switchhook.event.Bytes;
import io.switchhook.receiver.Reception.Told;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One request as it came, and what was answered.
 *
 * @param path without the query
 * @param rawQuery still encoded; {@code ""} when there is none
 * @param headers by their names in lower case; of one that comes twice, the first
 * @param came what came of it: what it told, or why it was refused
 * @param answer what was answered, or is about to be
 */
public record Reception(
    Instant at,
    String method,
    String path,
    String rawQuery,
    Map<String, String> headers,
    Bytes body,
    io.switchhook.receiver.Reception came,
    Answer answer) {

  public Reception {
    headers = Map.copyOf(headers);
  }

  /** A header, by its name in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The call log that it told; empty when there is none. */
  public Optional<CallLog> log() {
    return came instanceof Told(var message, _, _) ? message.source() : Optional.empty();
  }

  /** Says what it is, not what is in it: requests hold secrets and telephone numbers. */
  @Override
  public String toString() {
    return method + " with " + body + ", answered " + answer.word();
  }
}
