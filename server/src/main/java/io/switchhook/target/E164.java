package io.switchhook.target;

import io.switchhook.calllog.CallLog;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/*
 * Telephone numbers in the form of ITU-T E.164: a plus, the country code, the national number; at
 * most 15 digits.
 *
 * Logs write one number in several ways: clid_raw has the country code and no plus, clid often has
 * no country code, _cl has plus and country code, _cr may have neither. So a number without a
 * country code is looked for in those fields: when one of them is longer and ends with it, that is
 * the whole number.
 *
 * Otherwise the plus is put before the digits, as the webhook's owner asked: only they can know
 * that the field has the country code. Three things are left as they came, because a plus would
 * make another number, or nonsense, of them: a number that begins with 0 (no country code does),
 * one of fewer than 8 or more than 15 digits (an extension, a short code, an id), and what is no
 * number at all ("anonymous").
 */
/** Dresses telephone numbers with a plus and, where the log knows it, the country code. */
final class E164 {
  private static final Pattern SEPARATORS = Pattern.compile("[ ().\\-/\\u00A0]");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final int DIGITS_MIN = 8;
  private static final int DIGITS_MAX = 15;
  private static final List<String> WHOLE_NUMBERS = List.of("clid_raw", "clid", "_cl", "_cr");

  private E164() {}

  /** The number of this log as {@code +919876543210}; as it came when that cannot be known. */
  static String dress(String number, CallLog log) {
    var digits = SEPARATORS.matcher(number).replaceAll("");
    if (digits.startsWith("+")) {
      return DIGITS.matcher(digits.substring(1)).matches() ? digits : number;
    }
    if (!DIGITS.matcher(digits).matches()) {
      return number;
    }
    if (digits.startsWith("00")) {
      return isWhole(digits.substring(2)) ? "+" + digits.substring(2) : number;
    }
    var whole = wholeNumber(digits, log);
    if (whole.isPresent()) {
      return "+" + whole.get();
    }
    return isWhole(digits) ? "+" + digits : number;
  }

  /** The log's own number with a country code that ends with this national one. */
  private static Optional<String> wholeNumber(String digits, CallLog log) {
    var national = digits.startsWith("0") ? digits.substring(1) : digits;
    if (national.length() < DIGITS_MIN) {
      return Optional.empty();
    }
    return WHOLE_NUMBERS.stream()
        .flatMap(field -> log.values(field).stream())
        .map(value -> SEPARATORS.matcher(value).replaceAll(""))
        .map(value -> value.startsWith("+") ? value.substring(1) : value)
        .filter(value -> DIGITS.matcher(value).matches() && isWhole(value))
        .filter(value -> value.length() > national.length() && value.endsWith(national))
        .findFirst();
  }

  private static boolean isWhole(String digits) {
    return digits.length() >= DIGITS_MIN
        && digits.length() <= DIGITS_MAX
        && !digits.startsWith("0");
  }
}
