package io.switchhook.company;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Secrets for signing as Standard Webhooks 1.0 has them: {@code whsec_} and 24 to 64 bytes in
 * base64.
 */
final class SigningSecrets {
  static final String PREFIX = "whsec_";
  static final String ALLOWED = "must be whsec_ and 24 to 64 bytes in base64";
  static final int TEXT_LENGTH_MAX = 100;

  private static final int BYTES_MIN = 24;
  private static final int BYTES_MAX = 64;
  private static final int BYTES_MADE = 32;

  private SigningSecrets() {}

  /** A new one. */
  static String make(SecureRandom random) {
    var bytes = new byte[BYTES_MADE];
    random.nextBytes(bytes);
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  static boolean isValid(String text) {
    if (!text.startsWith(PREFIX)) {
      return false;
    }
    try {
      int size = Base64.getDecoder().decode(text.substring(PREFIX.length())).length;
      return size >= BYTES_MIN && size <= BYTES_MAX;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
