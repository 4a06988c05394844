package io.switchhook.source;

import org.jspecify.annotations.Nullable;

/**
 * A telephone number as an after-call log writes it. All parts are empty when the number is not
 * known.
 *
 * @param national without the country code
 * @param e164 with a plus and the country code
 * @param countryCode its digits
 */
record TelephoneNumber(String national, String e164, String countryCode) {
  private static final TelephoneNumber UNKNOWN = new TelephoneNumber("", "", "");
  private static final int WHOLE_DIGITS_MIN = 8;
  private static final int WHOLE_DIGITS_MAX = 15;

  /** The country codes of two digits (ITU-T E.164, list of assigned codes); 1 and 7 have one. */
  private static final String TWO_DIGIT_CODES =
      " 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58"
          + " 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";

  /**
   * The number of a log: {@code raw} has the country code and no plus, {@code formatted} may have
   * both, either or none.
   */
  static TelephoneNumber of(@Nullable String raw, @Nullable String formatted) {
    var whole = digits(raw);
    var other = digits(formatted);
    if (whole.isEmpty()) {
      return isWhole(other) && formatted != null && formatted.startsWith("+")
          ? split(other, countryCodeOf(other))
          : new TelephoneNumber(other, "", "");
    }
    if (!isWhole(whole)) {
      return new TelephoneNumber(whole, "", "");
    }
    var isNational =
        !other.isEmpty()
            && whole.endsWith(other)
            && whole.length() > other.length()
            && whole.length() - other.length() <= 3;
    return split(
        whole,
        isNational ? whole.substring(0, whole.length() - other.length()) : countryCodeOf(whole));
  }

  /** The number of a user, which has its country code and no plus, or is something else. */
  static TelephoneNumber ofUser(String user) {
    return isWhole(digits(user)) ? of(digits(user), null) : UNKNOWN;
  }

  private static TelephoneNumber split(String whole, String countryCode) {
    return new TelephoneNumber(whole.substring(countryCode.length()), "+" + whole, countryCode);
  }

  private static String countryCodeOf(String whole) {
    if (whole.startsWith("1") || whole.startsWith("7")) {
      return whole.substring(0, 1);
    }
    var two = whole.substring(0, 2);
    return TWO_DIGIT_CODES.contains(" " + two + " ") ? two : whole.substring(0, 3);
  }

  /** The digits of a text that is a number, its plus taken away; empty for anything else. */
  private static String digits(@Nullable String text) {
    if (text == null) {
      return "";
    }
    var digits = text.startsWith("+") ? text.substring(1) : text;
    return digits.chars().allMatch(c -> c >= '0' && c <= '9') ? digits : "";
  }

  private static boolean isWhole(String digits) {
    return digits.length() >= WHOLE_DIGITS_MIN
        && digits.length() <= WHOLE_DIGITS_MAX
        && digits.charAt(0) != '0';
  }
}
