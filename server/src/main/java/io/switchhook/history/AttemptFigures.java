package io.switchhook.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the latest attempts at a webhook went.
 *
 * @param attempts how many were looked at
 * @param accepted how many of them were answered 2xx
 * @param endsWell true when the last attempt at the newest event was accepted
 * @param p99 within which 99 of 100 of those that were answered were; null when none was answered
 */
public record AttemptFigures(int attempts, int accepted, boolean endsWell, @Nullable Duration p99) {
  /** Nothing was tried. */
  public static final AttemptFigures NONE = new AttemptFigures(0, 0, true, null);

  /** More attempts are not looked at. */
  public static final int ATTEMPTS_MAX = 1_000;

  /**
   * One attempt.
   *
   * @param status null when no status line came
   */
  public record Tried(@Nullable Integer status, Duration took) {
    boolean isAccepted() {
      return status != null && status / 100 == 2;
    }
  }

  /** The figures of these attempts, the last one at the newest event first. */
  public static AttemptFigures of(List<Tried> tried) {
    var answered = new ArrayList<Duration>();
    int accepted = 0;
    for (var one : tried) {
      accepted += one.isAccepted() ? 1 : 0;
      if (one.status() != null) {
        answered.add(one.took());
      }
    }
    answered.sort(null);
    int place = (int) Math.ceil(answered.size() * 0.99) - 1;
    return new AttemptFigures(
        tried.size(),
        accepted,
        tried.isEmpty() || tried.getFirst().isAccepted(),
        answered.isEmpty() ? null : answered.get(place));
  }
}
