package io.switchhook.source.asterisk.live;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A number that shall be called.
 *
 * @param e164 with a plus and the country code
 * @param national without the country code
 */
record CustomerNumber(String e164, String national) {
  private static final String DIGITS = "{number}";
  private static final String E164 = "{e164}";
  private static final String NATIONAL = "{national}";
  private static final Pattern SHAPE = Pattern.compile("\\+?[0-9][0-9 ().-]{1,30}");

  /** Reads a number as people write it; empty when it is none that can exist. */
  static Optional<CustomerNumber> read(String text, String region) {
    if (!SHAPE.matcher(text).matches()) {
      return Optional.empty();
    }
    var util = PhoneNumberUtil.getInstance();
    try {
      var number = util.parse(text, region);
      return util.isPossibleNumber(number)
          ? Optional.of(
              new CustomerNumber(
                  util.format(number, PhoneNumberFormat.E164),
                  util.getNationalSignificantNumber(number)))
          : Optional.empty();
    } catch (NumberParseException _) {
      return Optional.empty();
    }
  }

  /** The country code and the rest, without a plus. */
  String digits() {
    return e164.substring(1);
  }

  /** True when a channel or extension has a place for the number. */
  static boolean standsIn(String pattern) {
    return Stream.of(DIGITS, E164, NATIONAL).anyMatch(pattern::contains);
  }

  /** A channel or extension with this number in the places of {@code {number}} and its like. */
  String in(String pattern) {
    return pattern.replace(DIGITS, digits()).replace(E164, e164).replace(NATIONAL, national);
  }
}
