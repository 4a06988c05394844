package io.switchhook.target;

import io.switchhook.event.Bytes;
import io.switchhook.webhook.RequestShape.Signing;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs by Standard Webhooks 1.0: {@code v1,} and the base64 of HMAC-SHA256 over {@code
 * id.timestamp.body}, one for each secret, separated by spaces.
 */
final class StandardWebhooksSignature {
  private static final String SECRET_PREFIX = "whsec_";

  private StandardWebhooksSignature() {}

  /**
   * The value of {@code webhook-signature}.
   *
   * @param content the bytes of the body as sent; for a GET those of the raw query
   */
  static String of(Signing signing, String id, long timestampSeconds, Bytes content) {
    var head = (id + "." + timestampSeconds + ".").getBytes(StandardCharsets.UTF_8);
    return signing.secrets().stream()
        .map(secret -> "v1," + hmac(key(secret), head, content.array()))
        .collect(Collectors.joining(" "));
  }

  private static String hmac(byte[] key, byte[] head, byte[] content) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(head);
      return Base64.getEncoder().encodeToString(mac.doFinal(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static byte[] key(String secret) {
    var base64 =
        secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret;
    return Base64.getDecoder().decode(base64);
  }
}
