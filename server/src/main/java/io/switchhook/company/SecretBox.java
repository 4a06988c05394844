package io.switchhook.company;

import io.switchhook.event.Bytes;
import io.switchhook.event.WebhookId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets for the disk: AES-256-GCM with a fresh nonce, bound to the company, the webhook and
 * what kind of secret it is. It protects copies of the database, not a machine that was taken over.
 *
 * <p>A sealed secret is: 1 byte format (1), 12 bytes nonce, then ciphertext and tag.
 */
public final class SecretBox {
  /** Bytes of the key. */
  public static final int KEY_SIZE_BYTES = 32;

  private static final byte FORMAT = 1;
  private static final int NONCE_SIZE_BYTES = 12;
  private static final int TAG_SIZE_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random;

  /** A box with this key of 32 bytes. */
  public SecretBox(Bytes key, SecureRandom random) {
    if (key.size() != KEY_SIZE_BYTES) {
      throw new IllegalArgumentException("a key has 32 bytes");
    }
    this.key = new SecretKeySpec(key.array(), "AES");
    this.random = random;
  }

  /** What a secret belongs to; a sealed secret opens only under the same name. */
  record Owner(String company, WebhookId webhook, String kind) {
    byte[] bytes() {
      return (company + "\n" + webhook + "\n" + kind).getBytes(StandardCharsets.UTF_8);
    }
  }

  byte[] seal(Owner owner, String secret) {
    var nonce = new byte[NONCE_SIZE_BYTES];
    random.nextBytes(nonce);
    try {
      var cipher = cipher(Cipher.ENCRYPT_MODE, nonce, owner);
      var sealed = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(1 + NONCE_SIZE_BYTES + sealed.length)
          .put(FORMAT)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /**
   * Opens what {@link #seal} closed.
   *
   * @throws UnreadableSecretException when the key is another one, or the bytes were changed or
   *     moved
   */
  String open(Owner owner, byte[] sealed) {
    if (sealed.length <= 1 + NONCE_SIZE_BYTES || sealed[0] != FORMAT) {
      throw new UnreadableSecretException(owner.webhook(), null);
    }
    var nonce = new byte[NONCE_SIZE_BYTES];
    System.arraycopy(sealed, 1, nonce, 0, NONCE_SIZE_BYTES);
    try {
      int start = 1 + NONCE_SIZE_BYTES;
      var clear =
          cipher(Cipher.DECRYPT_MODE, nonce, owner).doFinal(sealed, start, sealed.length - start);
      return new String(clear, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new UnreadableSecretException(owner.webhook(), e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, Owner owner) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_SIZE_BITS, nonce));
    cipher.updateAAD(owner.bytes());
    return cipher;
  }
}
