package io.switchhook.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What makes a record the same as an earlier one of its call: 128 bits, the first half of a
 * SHA-256. The source chooses what goes in: the API the log's content, a vendor's door the vendor's
 * event id, a derived event the words that say what it was derived from.
 */
public record Identity(long high, long low) {
  /** Bytes of an identity as stored. */
  public static final int SIZE_BYTES = 16;

  // Never fed, only copied: to look the algorithm up takes as long as to hash a log.
  private static final MessageDigest SHA_256 = sha256();

  /** The identity of these bytes. */
  public static Identity ofContent(byte[] content) {
    var digest = ByteBuffer.wrap(digest(content));
    return new Identity(digest.getLong(), digest.getLong());
  }

  /**
   * The identity of something that a name tells apart, such as {@code "after-call"} within its
   * call.
   */
  public static Identity ofName(String name) {
    return ofContent(("name:" + name).getBytes(StandardCharsets.UTF_8));
  }

  /** The identity that was stored as these 16 bytes. */
  public static Identity ofBytes(byte[] stored) {
    var buffer = ByteBuffer.wrap(stored);
    return new Identity(buffer.getLong(), buffer.getLong());
  }

  /** The 16 bytes to store. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(SIZE_BYTES).putLong(high).putLong(low).array();
  }

  private static byte[] digest(byte[] content) {
    try {
      return ((MessageDigest) SHA_256.clone()).digest(content);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's SHA-256 can be copied", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
