package io.switchhook.console;

import io.switchhook.company.WebhookJson;
import io.switchhook.target.OutgoingRequest;
import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.RequestShape.Header;
import java.util.List;
import java.util.Locale;

/** A request as text, as it goes over the wire and as a line for a shell; secrets are masked. */
public final class RequestText {
  private final OutgoingRequest request;
  private final List<Header> headers;

  /** The text of this request, which was composed by this shape. */
  public RequestText(RequestShape shape, OutgoingRequest request) {
    this.request = request;
    var secret = shape.headers().stream().map(header -> lower(header.name())).toList();
    this.headers =
        request.headers().stream()
            .map(
                header ->
                    secret.contains(lower(header.name()))
                            || lower(header.name()).equals("authorization")
                        ? new Header(header.name(), WebhookJson.MARK)
                        : header)
            .toList();
  }

  /** As it goes over the wire (RFC 9112), lines ended by line feeds alone. */
  public String raw() {
    var url = request.url();
    var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    var text =
        new StringBuilder(request.method().name())
            .append(' ')
            .append(path)
            .append(query)
            .append(" HTTP/1.1\nHost: ")
            .append(url.getRawAuthority())
            .append('\n');
    headers.forEach(
        header -> text.append(header.name()).append(": ").append(header.value()).append('\n'));
    return request.body() == null
        ? text.toString()
        : text.append('\n').append(request.body().utf8()).toString();
  }

  /** As a command of curl. */
  public String curl() {
    var text = new StringBuilder("curl -X ").append(request.method().name());
    headers.forEach(
        header -> text.append(" \\\n  -H ").append(quoted(header.name() + ": " + header.value())));
    if (request.body() != null) {
      text.append(" \\\n  --data-binary ").append(quoted(request.body().utf8()));
    }
    return text.append(" \\\n  ").append(quoted(request.url().toString())).toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
