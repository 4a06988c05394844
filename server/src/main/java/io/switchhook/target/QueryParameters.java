package io.switchhook.target;

import io.switchhook.calllog.CallLog;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.EnvelopeReader;
import io.switchhook.calllog.PercentEncoding;
import io.switchhook.calllog.ReadResult;
import io.switchhook.event.Bytes;
import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.RequestShape.FieldDress;
import io.switchhook.webhook.RequestShape.QueryParameter;
import io.switchhook.webhook.RequestShape.QueryParameter.Fixed;
import io.switchhook.webhook.RequestShape.QueryParameter.FromField;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Puts a webhook's query parameters behind those that its URL has already, in their order,
 * percent-encoded with {@code %20} for a space and {@code %2B} for a plus.
 */
final class QueryParameters {
  private QueryParameters() {}

  /** The target URL with its whole query; without parameters exactly as it was written. */
  static URI appended(RequestShape shape, Bytes body) {
    var url = withoutFragment(shape.targetUrl().toASCIIString());
    if (shape.queryParameters().isEmpty()) {
      return url.equals(shape.targetUrl().toString()) ? shape.targetUrl() : URI.create(url);
    }
    var log =
        shape.queryParameters().stream().anyMatch(FromField.class::isInstance)
            ? read(body)
            : Optional.<CallLog>empty();
    var added =
        shape.queryParameters().stream()
            .map(parameter -> pair(parameter, log))
            .collect(Collectors.joining("&"));
    return URI.create(url + separator(url) + added);
  }

  private static String withoutFragment(String url) {
    var hash = url.indexOf('#');
    return hash < 0 ? url : url.substring(0, hash);
  }

  private static String separator(String url) {
    if (url.indexOf('?') < 0) {
      return "?";
    }
    return url.endsWith("?") || url.endsWith("&") ? "" : "&";
  }

  private static String pair(QueryParameter parameter, Optional<CallLog> log) {
    var value =
        switch (parameter) {
          case Fixed(_, var fixed) -> fixed;
          case FromField(_, var field, var as) ->
              log.map(read -> valueOf(read, field, as)).orElse("");
        };
    return PercentEncoding.encode(parameter.name()) + "=" + PercentEncoding.encode(value);
  }

  private static String valueOf(CallLog log, String field, FieldDress as) {
    return switch (as) {
      case AS_IT_IS -> log.text(field).orElse("");
      case E164 ->
          log.values(field).stream()
              .map(number -> E164.dress(number, log))
              .collect(Collectors.joining(","));
    };
  }

  /** Nothing but a note is journalled without having been read, and a note is never told. */
  private static Optional<CallLog> read(Bytes body) {
    return switch (CallLogReader.read(body.array())) {
      case ReadResult.Read(var log) -> Optional.of(log);
      // Perhaps an event of Webhook v2.
      case ReadResult.Malformed _ -> EnvelopeReader.fields(body.array());
    };
  }
}
