package io.switchhook.receive;

import org.jspecify.annotations.Nullable;

/** How a receiver answers a request, or fails to. */
public sealed interface Answer {
  /** It as a word of an answer script. */
  String word();

  /**
   * A status and a short body.
   *
   * @param retryAfterSeconds sent as {@code Retry-After}; null for none
   */
  record Status(int code, @Nullable Integer retryAfterSeconds) implements Answer {
    @Override
    public String word() {
      return retryAfterSeconds == null ? String.valueOf(code) : code + ":" + retryAfterSeconds;
    }
  }

  /** Takes the request and never answers. */
  record Timeout() implements Answer {
    @Override
    public String word() {
      return "timeout";
    }
  }

  /** Breaks the connection with a TCP reset. */
  record Reset() implements Answer {
    @Override
    public String word() {
      return "reset";
    }
  }

  /** 200 at once, then a body that drips a byte a second for half a minute. */
  record Slow() implements Answer {
    @Override
    public String word() {
      return "slow";
    }
  }

  /** 302 to another path of the same receiver. */
  record Redirect() implements Answer {
    @Override
    public String word() {
      return "redirect";
    }
  }
}
