package io.switchhook.receiver;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures by Standard Webhooks 1.0: {@code v1,} and the base64 of HMAC-SHA256 over {@code
 * id.timestamp.content}, one for each secret, separated by spaces. The content is the body's bytes;
 * of a GET, which has none, the bytes of the raw query.
 */
public final class StandardWebhooksSignature {
  /** How many signatures of a header are looked at. */
  static final int SIGNATURES_MAX = 16;

  private static final String SECRET_PREFIX = "whsec_";
  private static final String SCHEME = "v1,";
  private static final String ALGORITHM = "HmacSHA256";

  private StandardWebhooksSignature() {}

  /**
   * The value of {@code webhook-signature}.
   *
   * @param secrets keys in base64, with or without {@code whsec_}
   * @throws IllegalArgumentException when a secret is no base64
   */
  public static String sign(
      List<String> secrets, String id, long timestampSeconds, byte[] content) {
    var head = head(id, String.valueOf(timestampSeconds));
    return secrets.stream()
        .map(
            secret -> SCHEME + Base64.getEncoder().encodeToString(hmac(key(secret), head, content)))
        .collect(Collectors.joining(" "));
  }

  /**
   * True when one of the header's signatures was made with one of the keys. Every key is tried
   * against every signature, so that time does not tell which of them was nearly right.
   */
  static boolean isMadeWith(List<byte[]> keys, Signed signed) {
    var head = head(signed.id(), signed.timestamp());
    var shown = signed.signatures().split(" ", SIGNATURES_MAX + 1);
    var isFound = false;
    for (var key : keys) {
      var expected =
          (SCHEME + Base64.getEncoder().encodeToString(hmac(key, head, signed.content())))
              .getBytes(StandardCharsets.US_ASCII);
      for (var i = 0; i < Math.min(shown.length, SIGNATURES_MAX); i++) {
        isFound |= MessageDigest.isEqual(expected, shown[i].getBytes(StandardCharsets.UTF_8));
      }
    }
    return isFound;
  }

  /** What a request says was signed, and the signatures that it shows. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared: it is taken apart at once.
  record Signed(String id, String timestamp, String signatures, byte[] content) {}

  /**
   * The bytes of a secret.
   *
   * @throws IllegalArgumentException when it is no base64
   */
  static byte[] key(String secret) {
    var base64 =
        secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret;
    return Base64.getDecoder().decode(base64);
  }

  private static byte[] head(String id, String timestamp) {
    return (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hmac(byte[] key, byte[] head, byte[] content) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(head);
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
