package io.switchhook.target;

import io.switchhook.event.Bytes;
import io.switchhook.target.Outcome.Answer;
import io.switchhook.target.Outcome.Delivered;
import io.switchhook.target.Outcome.Refused;
import io.switchhook.webhook.RequestShape.Header;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what is kept of an answer: of a failing one 16 KiB, of a 2xx 256 bytes. Of neither more
 * than 16 KiB is read.
 */
final class AnswerReader {
  private static final int KEPT_OF_FAILURE_BYTES_MAX = 16 * 1024;
  private static final int KEPT_OF_SUCCESS_BYTES_MAX = 256;
  private static final int READ_BYTES_MAX = 16 * 1024;
  private static final Set<String> SECRET_HEADERS = Set.of("set-cookie", "authorization");
  private static final String MARK = "••••";

  private final int status;
  private final List<Header> headers;
  private final @Nullable Duration retryAfter;
  private final Buffer kept = Buffer.buffer();
  private long readBytes;
  private boolean isWhole;

  AnswerReader(HttpClientResponse response, Instant now) {
    this.status = response.statusCode();
    this.headers = keptHeaders(response);
    this.retryAfter = RetryAfter.read(response.getHeader("Retry-After"), now);
  }

  /** True when the status is 2xx, whatever the body does. */
  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Takes a piece of the body. */
  void add(Buffer piece) {
    readBytes += piece.length();
    var room = keptMax() - kept.length();
    if (room > 0) {
      kept.appendBuffer(piece, 0, Math.min(room, piece.length()));
    }
  }

  /** The body has ended as it should. */
  void end() {
    isWhole = true;
  }

  /** True when no more of the body is to be read. */
  boolean isEnough() {
    return readBytes > READ_BYTES_MAX;
  }

  /** What the attempt came to, as far as the answer was read. */
  Outcome outcome(Duration took) {
    var cut = !isWhole || readBytes > kept.length();
    var answer = new Answer(headers, Bytes.wrap(kept.getBytes()), cut);
    return isSuccess()
        ? new Delivered(status, answer, took)
        : new Refused(status, retryAfter, answer, took);
  }

  private int keptMax() {
    return isSuccess() ? KEPT_OF_SUCCESS_BYTES_MAX : KEPT_OF_FAILURE_BYTES_MAX;
  }

  private static List<Header> keptHeaders(HttpClientResponse response) {
    var kept = new ArrayList<Header>();
    for (var header : response.headers()) {
      var name = header.getKey();
      var isSecret = SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT));
      kept.add(new Header(name, isSecret ? MARK : header.getValue()));
    }
    return kept;
  }
}
