package io.switchhook.telemetry;

import java.util.regex.Pattern;

/** Makes telephone numbers unrecognisable before they reach a log line. */
public final class PhoneNumbers {
  private static final int SHOWN_AT_START = 2;
  private static final int SHOWN_AT_END = 2;
  private static final int LENGTH_SHOWN_MIN = 7;

  /** Seven digits or more, with what people put between them. */
  private static final Pattern IN_TEXT = Pattern.compile("\\+?[0-9](?:[ ().-]{0,2}[0-9]){6,}");

  private PhoneNumbers() {}

  /**
   * A number with its first and last two digits left, for example {@code +91••••••••96}; of a
   * number shorter than seven digits nothing is left.
   */
  public static String masked(String number) {
    int digits = (int) number.chars().filter(PhoneNumbers::isDigit).count();
    boolean isShown = digits >= LENGTH_SHOWN_MIN;
    var masked = new StringBuilder(number.length());
    int seen = 0;
    for (int index = 0; index < number.length(); index++) {
      char c = number.charAt(index);
      if (!isDigit(c)) {
        // What is no digit could be a name: only a plus stays.
        masked.append(c == '+' ? "+" : "");
        continue;
      }
      seen++;
      boolean isEnd = seen <= SHOWN_AT_START || seen > digits - SHOWN_AT_END;
      masked.append(isShown && isEnd ? c : '•');
    }
    return masked.toString();
  }

  /** A text in which every run of seven digits or more is masked as a number. */
  public static String maskedWithin(String text) {
    return IN_TEXT.matcher(text).replaceAll(match -> masked(match.group()));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
