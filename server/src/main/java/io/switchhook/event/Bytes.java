package io.switchhook.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that do not change. */
public final class Bytes {
  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** Takes {@code content} as its own: the caller must not change it any more. */
  public static Bytes wrap(byte[] content) {
    return new Bytes(content);
  }

  /** The UTF-8 bytes of {@code text}. */
  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** No bytes. */
  public static Bytes empty() {
    return EMPTY;
  }

  /** The bytes themselves, not a copy: the caller only reads them. */
  public byte[] array() {
    return content;
  }

  /** How many bytes. */
  public int size() {
    return content.length;
  }

  /** The text that these bytes are in UTF-8. */
  public String utf8() {
    return new String(content, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return content.length + " bytes";
  }
}
