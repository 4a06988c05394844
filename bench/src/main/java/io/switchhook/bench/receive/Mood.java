package io.switchhook.bench.receive;

import java.time.Duration;

/** How a receiver treats requests. */
public sealed interface Mood {
  /** Answers 200 at once. */
  record Well() implements Mood {}

  /**
   * Answers this share of the requests with 503 and 500 in turn, at random.
   *
   * @param share from 0 to 1
   */
  record Failing(double share) implements Mood {}

  /** Answers 200 after so long. */
  record Slow(Duration after) implements Mood {}

  /** Takes requests and never answers. */
  record Silent() implements Mood {}

  /** The word for a receiver that begins in this mood. */
  default String word() {
    return switch (this) {
      case Well _ -> "healthy";
      case Failing _ -> "failing";
      case Slow _ -> "slow";
      case Silent _ -> "dead";
    };
  }
}
