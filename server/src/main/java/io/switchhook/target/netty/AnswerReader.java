package io.switchhook.target.netty;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.switchhook.event.Bytes;
import io.switchhook.target.Outcome;
import io.switchhook.target.Outcome.Answer;
import io.switchhook.target.Outcome.Delivered;
import io.switchhook.target.Outcome.Refused;
import io.switchhook.webhook.RequestShape.Header;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what is kept of an answer: of a failing one 16 KiB, of a 2xx 256 bytes. Of neither more
 * than 16 KiB is read.
 */
final class AnswerReader {
  private static final int KEPT_OF_FAILURE_BYTES_MAX = 16 * 1024;
  private static final int KEPT_OF_SUCCESS_BYTES_MAX = 256;
  private static final int READ_BYTES_MAX = 16 * 1024;
  private static final byte[] NOTHING = {};
  private static final String MARK = "••••";

  private final int status;
  private final List<Header> headers;
  private final @Nullable Duration retryAfter;
  private byte[] kept = NOTHING;
  private int keptBytes;
  private int readBytes;
  private boolean isWhole;

  AnswerReader(HttpResponse response, Instant now) {
    this.status = response.status().code();
    this.headers = keptHeaders(response.headers());
    this.retryAfter =
        isSuccess()
            ? null
            : RetryAfter.read(response.headers().get(HttpHeaderNames.RETRY_AFTER), now);
  }

  /** True when the status is 2xx, whatever the body does. */
  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Takes a piece of the body. */
  void add(ByteBuf piece) {
    readBytes += piece.readableBytes();
    var more = Math.min(keptMax() - keptBytes, piece.readableBytes());
    if (keptBytes + more > kept.length) {
      kept = Arrays.copyOf(kept, Math.min(keptMax(), Math.max(keptBytes + more, 2 * keptBytes)));
    }
    piece.getBytes(piece.readerIndex(), kept, keptBytes, more);
    keptBytes += more;
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
    var cut = !isWhole || readBytes > keptBytes;
    var body = kept.length == keptBytes ? kept : Arrays.copyOf(kept, keptBytes);
    var answer = new Answer(headers, Bytes.wrap(body), cut);
    return isSuccess()
        ? new Delivered(status, answer, took)
        : new Refused(status, retryAfter, answer, took);
  }

  private int keptMax() {
    return isSuccess() ? KEPT_OF_SUCCESS_BYTES_MAX : KEPT_OF_FAILURE_BYTES_MAX;
  }

  private static List<Header> keptHeaders(HttpHeaders headers) {
    var kept = new ArrayList<Header>(headers.size());
    for (var each = headers.iteratorAsString(); each.hasNext(); ) {
      var header = each.next();
      var name = header.getKey();
      var isSecret = name.equalsIgnoreCase("Set-Cookie") || name.equalsIgnoreCase("Authorization");
      kept.add(new Header(name, isSecret ? MARK : header.getValue()));
    }
    return kept;
  }
}
