package io.switchhook.source;

import io.switchhook.event.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that came to a door.
 *
 * @param method as it stands in the request line
 * @param rawQuery what stands behind the {@code ?}, still encoded; {@code ""} when there is none
 * @param headers values by name in lowercase, in their order
 * @param body empty while only the head was read
 */
public record DoorRequest(
    String method, String rawQuery, Map<String, List<String>> headers, Bytes body) {
  /** The most bytes of a body that is taken. */
  public static final int BODY_BYTES_MAX = 256 * 1024;

  public DoorRequest {
    var copy = new LinkedHashMap<String, List<String>>();
    headers.forEach((name, values) -> copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    headers = Map.copyOf(copy);
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  /** Says what it is, not what is in it: a request holds secrets and telephone numbers. */
  @Override
  public String toString() {
    return method + " with " + body.size() + " bytes";
  }
}
