package io.switchhook.source;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A telephone number as call logs write it. All parts are empty when nothing of the number is
 * known; only the last two when it is no whole number (an extension, a short code).
 *
 * @param national without the country code
 * @param e164 with a plus and the country code
 * @param countryCode its digits
 */
public record TelephoneNumber(String national, String e164, String countryCode) {
  private static final TelephoneNumber UNKNOWN = new TelephoneNumber("", "", "");
  private static final int WHOLE_DIGITS_MIN = 8;
  private static final int WHOLE_DIGITS_MAX = 15;
  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

  /**
   * The number of a log: {@code raw} has the country code and no plus, {@code formatted} may have
   * both, either or none.
   */
  public static TelephoneNumber of(@Nullable String raw, @Nullable String formatted) {
    var whole = digits(raw);
    var other = digits(formatted);
    if (whole.isEmpty()) {
      return formatted != null && formatted.startsWith("+") ? ofWhole(other) : partial(other);
    }
    return ofWhole(whole);
  }

  /** The number of a user, which has its country code and no plus, or is something else. */
  public static TelephoneNumber ofUser(String user) {
    return isWhole(digits(user)) ? ofWhole(digits(user)) : UNKNOWN;
  }

  /**
   * The number that a phone system wrote in any way: with a plus, with or without the country code,
   * as it is dialled in {@code region} (ISO 3166, two letters). A valid number of the region wins
   * over one of another country; what is valid nowhere is kept as its digits.
   */
  public static TelephoneNumber inRegion(String text, String region) {
    var number = text.replaceAll("[\\s().-]", "");
    var digits = digits(number);
    if (digits.isEmpty()) {
      return UNKNOWN;
    }
    return valid(number, region)
        .or(() -> number.startsWith("+") ? Optional.empty() : valid("+" + number, region))
        .map(TelephoneNumber::of)
        .orElseGet(() -> number.startsWith("+") ? ofWhole(digits) : partial(digits));
  }

  /** The country code of a region, as 91 of IN; 0 when there is none. */
  public static int countryCodeOf(String region) {
    return PLANS.getCountryCodeForRegion(region);
  }

  /** True when this is a whole number, with its country. */
  public boolean isWhole() {
    return !e164.isEmpty();
  }

  private static TelephoneNumber ofWhole(String digits) {
    if (!isWhole(digits)) {
      return partial(digits);
    }
    return parsed("+" + digits, null).map(TelephoneNumber::of).orElseGet(() -> partial(digits));
  }

  private static Optional<PhoneNumber> valid(String number, String region) {
    return parsed(number, region).filter(PLANS::isValidNumber);
  }

  private static Optional<PhoneNumber> parsed(String number, @Nullable String region) {
    try {
      return Optional.of(PLANS.parse(number, region));
    } catch (NumberParseException _) {
      return Optional.empty();
    }
  }

  private static TelephoneNumber of(PhoneNumber number) {
    var national = PLANS.getNationalSignificantNumber(number);
    var code = String.valueOf(number.getCountryCode());
    return new TelephoneNumber(national, "+" + code + national, code);
  }

  private static TelephoneNumber partial(String digits) {
    return new TelephoneNumber(digits, "", "");
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
