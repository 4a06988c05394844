package io.switchhook.target;

import io.switchhook.event.Bytes;
import io.switchhook.webhook.RequestShape.Header;
import io.switchhook.webhook.RequestShape.Method;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, exactly as it goes out.
 *
 * @param url with its whole query, percent-encoded
 * @param headers in the order in which they are written; without {@code Host}, {@code
 *     Content-Length} and {@code Connection}, which the sender adds
 * @param body null for GET
 * @param timeout of the whole exchange, from its start to the status line and the kept part of the
 *     body
 */
public record OutgoingRequest(
    Method method, URI url, List<Header> headers, @Nullable Bytes body, Duration timeout) {
  public OutgoingRequest {
    headers = List.copyOf(headers);
  }

  @Override
  public String toString() {
    return method + " " + url.getScheme() + "://" + url.getAuthority();
  }
}
