package io.switchhook.target;

import io.switchhook.calllog.PercentEncoding;
import io.switchhook.event.Bytes;
import io.switchhook.receiver.StandardWebhooksSignature;
import io.switchhook.target.Telling.Mark;
import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.RequestShape.BasicAuth;
import io.switchhook.webhook.RequestShape.Header;
import io.switchhook.webhook.RequestShape.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Composes the request that tells an event to a webhook. Pure; may be used from any thread. */
public final class RequestComposer {
  private static final byte[] FORM_FIELD = "myoperator=".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] WRAPPER_HEAD = "{\"myoperator\":".getBytes(StandardCharsets.US_ASCII);

  private final String userAgent;

  /** Requests say that they come from this version of Switchhook. */
  public RequestComposer(String version) {
    this.userAgent = "Switchhook/" + version;
  }

  /** Requests say that they come from the version that runs; {@code dev} outside a built jar. */
  public static RequestComposer ofThisBuild() {
    var version = RequestComposer.class.getPackage().getImplementationVersion();
    return new RequestComposer(version == null ? "dev" : version);
  }

  /**
   * The request of one attempt.
   *
   * @param now the wall clock's time, for {@code webhook-timestamp} and the signature
   */
  public OutgoingRequest compose(RequestShape shape, Telling telling, Instant now) {
    var log = telling.event().body();
    var url = QueryParameters.appended(shape, log);
    var body = shape.method() == Method.GET ? null : dressed(shape, log);
    var headers = new ArrayList<Header>();
    headers.add(new Header("User-Agent", userAgent));
    if (body != null) {
      headers.add(new Header("Content-Type", contentType(shape)));
    }
    headers.addAll(shape.headers());
    addAuthorization(headers, shape.basicAuth());
    var id = telling.event().eventId();
    headers.add(new Header("webhook-id", id));
    headers.add(new Header("webhook-timestamp", String.valueOf(now.getEpochSecond())));
    var signing = shape.signing();
    if (signing != null) {
      var signature =
          StandardWebhooksSignature.sign(
              signing.secrets(), id, now.getEpochSecond(), signed(url, body).array());
      headers.add(new Header("webhook-signature", signature));
    }
    addSwitchhookHeaders(headers, telling);
    return new OutgoingRequest(shape.method(), url, headers, body, shape.timeout());
  }

  private static Bytes dressed(RequestShape shape, Bytes log) {
    return switch (shape.body()) {
      case MYOPERATOR -> Bytes.wrap(PercentEncoding.encodeAfter(FORM_FIELD, log.array()));
      case JSON -> log;
      case MYOPERATOR_JSON -> wrapped(log.array());
    };
  }

  private static Bytes wrapped(byte[] log) {
    var whole = new byte[WRAPPER_HEAD.length + log.length + 1];
    System.arraycopy(WRAPPER_HEAD, 0, whole, 0, WRAPPER_HEAD.length);
    System.arraycopy(log, 0, whole, WRAPPER_HEAD.length, log.length);
    whole[whole.length - 1] = '}';
    return Bytes.wrap(whole);
  }

  private static String contentType(RequestShape shape) {
    return switch (shape.body()) {
      case MYOPERATOR -> "application/x-www-form-urlencoded";
      case JSON, MYOPERATOR_JSON -> "application/json";
    };
  }

  /** RFC 7617 with UTF-8. An {@code Authorization} that is configured as a header stands. */
  private static void addAuthorization(List<Header> headers, @Nullable BasicAuth auth) {
    if (auth == null
        || headers.stream().anyMatch(h -> h.name().equalsIgnoreCase("Authorization"))) {
      return;
    }
    var pair = (auth.username() + ":" + auth.password()).getBytes(StandardCharsets.UTF_8);
    headers.add(new Header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)));
  }

  private static Bytes signed(URI url, @Nullable Bytes body) {
    if (body != null) {
      return body;
    }
    var query = url.getRawQuery();
    return query == null ? Bytes.empty() : Bytes.utf8(query);
  }

  private static void addSwitchhookHeaders(List<Header> headers, Telling telling) {
    headers.add(header("switchhook-sequence", telling.event().sequence()));
    headers.add(header("switchhook-previous", telling.previous()));
    headers.add(header("switchhook-attempt", telling.attempt()));
    if (telling.skipped() != 0) {
      headers.add(header("switchhook-skipped", telling.skipped()));
    }
    if (telling.mark() == Mark.REPLAY) {
      headers.add(new Header("switchhook-replay", "true"));
    }
    if (telling.mark() == Mark.TEST) {
      headers.add(new Header("switchhook-test", "true"));
    }
  }

  private static Header header(String name, int value) {
    return new Header(name, String.valueOf(value));
  }
}
