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
 * @param p99 within which 99 of 100 of those that were answered were; null when none was answered
 */
public record AttemptFigures(int attempts, int accepted, @Nullable Duration p99) {
  /** Nothing was tried. */
  public static final AttemptFigures NONE = new AttemptFigures(0, 0, null);

  /** More attempts are not looked at. */
  public static final int ATTEMPTS_MAX = 1_000;

  /**
   * One attempt.
   *
   * @param status null when no status line came
   */
  public record Tried(@Nullable Integer status, Duration took) {}

  /** The figures of these attempts. */
  public static AttemptFigures of(List<Tried> tried) {
    var answered = new ArrayList<Duration>();
    int accepted = 0;
    for (var one : tried) {
      var status = one.status();
      if (status != null) {
        answered.add(one.took());
        accepted += status / 100 == 2 ? 1 : 0;
      }
    }
    answered.sort(null);
    int place = (int) Math.ceil(answered.size() * 0.99) - 1;
    return new AttemptFigures(
        tried.size(), accepted, answered.isEmpty() ? null : answered.get(place));
  }
}
