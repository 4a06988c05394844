package io.switchhook.target;

import io.switchhook.event.Bytes;
import io.switchhook.webhook.RequestShape.Header;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one attempt came to. */
public sealed interface Outcome {
  /** How long the attempt took, from its start until it was known what came of it. */
  Duration took();

  /** A 2xx status line came within the deadline, whatever the body did. */
  record Delivered(int status, Answer answer, Duration took) implements Outcome {}

  /**
   * A status line other than 2xx came.
   *
   * @param retryAfter the answer's {@code Retry-After} as a wait from now; null without one that
   *     can be read
   */
  record Refused(int status, @Nullable Duration retryAfter, Answer answer, Duration took)
      implements Outcome {}

  /**
   * No status line came.
   *
   * @param words what happened, for a person: {@code "connection refused by 10.0.0.5:443"}
   */
  record Unreachable(Reason reason, String words, Duration took) implements Outcome {}

  /** Why no status line came. */
  enum Reason {
    /** The request could not be composed; nothing was sent. */
    NO_REQUEST,
    /** The name has no address, or could not be looked up. */
    NAME_NOT_FOUND,
    /** The name's address is not one that may be called; nothing was sent. */
    FORBIDDEN_ADDRESS,
    /** No connection: refused, unreachable, or not within the time for connecting. */
    NO_CONNECTION,
    /** The TLS handshake failed. */
    NO_TLS,
    /** The connection was lost before the answer. */
    CONNECTION_LOST,
    /** The answer is not HTTP, or is larger in its headers than what is read. */
    BAD_ANSWER,
    /** No answer within the webhook's timeout. */
    TIMED_OUT
  }

  /**
   * What was kept of an answer.
   *
   * @param body at most 16 KiB for failures and 256 bytes for a 2xx
   * @param cut true when there was, or may have been, more
   */
  record Answer(List<Header> headers, Bytes body, boolean cut) {
    public Answer {
      headers = List.copyOf(headers);
    }
  }
}
