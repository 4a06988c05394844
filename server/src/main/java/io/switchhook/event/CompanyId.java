package io.switchhook.event;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A company's id: 16 lowercase hexadecimal digits, as sources write it into the {@code company_id}
 * and {@code _ci} of their logs.
 *
 * @param bits the digits as one number, for compact keys
 */
public record CompanyId(long bits) implements Comparable<CompanyId> {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{16}");

  /**
   * The company with this id.
   *
   * @throws IllegalArgumentException when {@code hex} has not the shape of one
   */
  public CompanyId(String hex) {
    this(bitsOf(hex));
  }

  private static long bitsOf(String hex) {
    if (!isValid(hex)) {
      throw new IllegalArgumentException(
          "company_id must be 16 lowercase hexadecimal digits: " + hex);
    }
    return Long.parseUnsignedLong(hex, 16);
  }

  /** True when {@code text} has the shape of a company id. */
  public static boolean isValid(String text) {
    return SHAPE.matcher(text).matches();
  }

  /** The company whose id has these 64 bits. */
  public static CompanyId ofBits(long bits) {
    return new CompanyId(bits);
  }

  /** The 16 digits. */
  public String hex() {
    return HexFormat.of().toHexDigits(bits);
  }

  @Override
  public int compareTo(CompanyId other) {
    return Long.compareUnsigned(bits, other.bits);
  }

  @Override
  public String toString() {
    return hex();
  }
}
