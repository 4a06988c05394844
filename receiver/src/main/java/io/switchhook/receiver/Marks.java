package io.switchhook.receiver;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request of Switchhook says about itself in headers, beside the call log. A number that is
 * not there is 0: another sender has none of them.
 *
 * @param webhookId {@code webhook-id}: the event; the same in every repeat; null when there is none
 * @param attemptedAt {@code webhook-timestamp}: when this attempt was made; null when there is none
 * @param sequence {@code switchhook-sequence}: the event's number in its call, 1, 2 …
 * @param previous {@code switchhook-previous}: the number of the nearest earlier event of the call
 *     that this webhook is for; 0 for the first
 * @param attempt {@code switchhook-attempt}: 1, 2 …; may begin again, and stay the same when a
 *     request is sent once more over a new connection
 * @param skipped {@code switchhook-skipped}: how many events of the call were given up since the
 *     last one that was told
 * @param isReplay {@code switchhook-replay}: somebody asked for it to be told again
 * @param isTest {@code switchhook-test}: a sample of no real call
 */
public record Marks(
    @Nullable String webhookId,
    @Nullable Instant attemptedAt,
    int sequence,
    int previous,
    int attempt,
    int skipped,
    boolean isReplay,
    boolean isTest) {
  private static final int DIGITS_MAX = 9;
  private static final int EPOCH_DIGITS_MAX = 12;

  /** The longest {@code webhook-id} that is remembered; a longer one counts as none. */
  static final int ID_LENGTH_MAX = 200;

  /** What these headers say. What cannot be read counts as absent. */
  public static Marks of(Headers headers) {
    var id = headers.first("webhook-id");
    return new Marks(
        id == null || id.isBlank() || id.length() > ID_LENGTH_MAX ? null : id,
        epochSeconds(headers.first("webhook-timestamp")),
        number(headers.first("switchhook-sequence")),
        number(headers.first("switchhook-previous")),
        number(headers.first("switchhook-attempt")),
        number(headers.first("switchhook-skipped")),
        "true".equals(headers.first("switchhook-replay")),
        "true".equals(headers.first("switchhook-test")));
  }

  /** The event's id, when there is one. */
  public Optional<String> id() {
    return Optional.ofNullable(webhookId);
  }

  static @Nullable Instant epochSeconds(@Nullable String text) {
    if (text == null || !isDigits(text, EPOCH_DIGITS_MAX)) {
      return null;
    }
    try {
      return Instant.ofEpochSecond(Long.parseLong(text));
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static int number(@Nullable String text) {
    return text != null && isDigits(text, DIGITS_MAX) ? Integer.parseInt(text) : 0;
  }

  private static boolean isDigits(String text, int max) {
    return !text.isEmpty()
        && text.length() <= max
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
