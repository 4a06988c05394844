package io.switchhook.source.myoperator;

import io.switchhook.source.TelephoneNumber;

/**
 * A telephone number of the second generation in the forms of the first.
 *
 * @param raw country code and number without a plus
 * @param national without the country code
 * @param e164 with a plus; empty when the country is not known
 */
record PhoneNumber(String raw, String national, String e164, String countryCode) {
  private static final PhoneNumber NONE = new PhoneNumber("", "", "", "");
  private static final int NATIONAL_DIGITS_MAX = 10;
  private static final String ANONYMOUS = "anonymous";

  /** The number; what is no number stands for a caller who hides it. */
  static PhoneNumber of(String text) {
    var hasPlus = text.startsWith("+");
    var digits = text.substring(hasPlus ? 1 : 0).replaceAll("[ ()-]", "");
    if (digits.isEmpty()) {
      return NONE;
    }
    if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return new PhoneNumber(ANONYMOUS, ANONYMOUS, "", "");
    }
    // The vendor writes E.164; ten digits without a plus are a number of the account's country.
    if (!hasPlus && digits.length() <= NATIONAL_DIGITS_MAX) {
      return new PhoneNumber(digits, digits, "", "");
    }
    var number = TelephoneNumber.of(digits, null);
    return new PhoneNumber(digits, number.national(), number.e164(), number.countryCode());
  }

  boolean isKnown() {
    return !raw.isEmpty() && !raw.equals(ANONYMOUS);
  }
}
