package io.switchhook.event;

import java.util.regex.Pattern;

/**
 * A company's id: 16 lowercase hexadecimal digits, as sources write it into the {@code company_id}
 * and {@code _ci} of their logs.
 */
public record CompanyId(String hex) implements Comparable<CompanyId> {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{16}");

  public CompanyId {
    if (!SHAPE.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "company_id must be 16 lowercase hexadecimal digits: " + hex);
    }
  }

  /** True when {@code text} has the shape of a company id. */
  public static boolean isValid(String text) {
    return SHAPE.matcher(text).matches();
  }

  /** The id as one number, for compact keys: the 16 digits as 64 bits. */
  public long bits() {
    return Long.parseUnsignedLong(hex, 16);
  }

  /** The company whose id has these 64 bits. */
  public static CompanyId ofBits(long bits) {
    return new CompanyId(String.format("%016x", bits));
  }

  @Override
  public int compareTo(CompanyId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
