package io.switchhook.company;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of an API key: {@code swh_live_}, 8 letters that name it, 32 random ones (190 bits), 6
 * of a checksum; all in base 62. The prefix and the checksum let scanners find keys that leaked
 * (GitHub's scheme, github.blog 2021-04-05).
 */
final class KeyText {
  static final String PREFIX = "swh_live_";
  static final int ID_LENGTH = 8;

  private static final int RANDOM_LENGTH = 32;
  private static final int CHECKSUM_LENGTH = 6;
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final Pattern SHAPE =
      Pattern.compile(
          PREFIX + "[0-9A-Za-z]{" + (ID_LENGTH + RANDOM_LENGTH + CHECKSUM_LENGTH) + "}");

  private KeyText() {}

  /** A new key's text. */
  static String make(SecureRandom random) {
    var text = new StringBuilder(PREFIX);
    for (int index = 0; index < ID_LENGTH + RANDOM_LENGTH; index++) {
      text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return text.append(checksum(text)).toString();
  }

  /** The id in a key's text; empty when the text is no key, or a mistyped one. */
  static Optional<String> idOf(String text) {
    if (!SHAPE.matcher(text).matches()) {
      return Optional.empty();
    }
    int end = text.length() - CHECKSUM_LENGTH;
    return checksum(text.substring(0, end)).equals(text.substring(end))
        ? Optional.of(text.substring(PREFIX.length(), PREFIX.length() + ID_LENGTH))
        : Optional.empty();
  }

  /** What is stored of a key. It has too many random bits to be guessed, so no slow hash. */
  static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String checksum(CharSequence text) {
    var crc = new CRC32();
    crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
    var digits = new StringBuilder();
    long rest = crc.getValue();
    for (int index = 0; index < CHECKSUM_LENGTH; index++) {
      digits.insert(0, DIGITS.charAt((int) (rest % DIGITS.length())));
      rest /= DIGITS.length();
    }
    return digits.toString();
  }
}
