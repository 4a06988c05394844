package io.switchhook.target.netty;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** How long a receiver keeps a connection open (RFC 9112 §9.3, RFC 2068 §19.7.1.1). */
final class KeepAlive {
  private static final Pattern TIMEOUT =
      Pattern.compile(
          "(?:^|[\\s,;])timeout\\s*=\\s*([0-9]{1,9})(?:$|[\\s,;])", Pattern.CASE_INSENSITIVE);

  private KeepAlive() {}

  /** Zero when it closes the connection now, {@code Long.MAX_VALUE} when it does not say. */
  static long nanos(HttpResponse response) {
    if (!HttpUtil.isKeepAlive(response) || response.status().code() == 101) {
      return 0;
    }
    var said = response.headers().get("Keep-Alive");
    if (said == null) {
      return Long.MAX_VALUE;
    }
    var timeout = TIMEOUT.matcher(said);
    return timeout.find()
        ? TimeUnit.SECONDS.toNanos(Long.parseLong(timeout.group(1)))
        : Long.MAX_VALUE;
  }
}
