package io.switchhook.event;

import java.util.Comparator;

/** A phone call: its {@code uid} is unique within its company. */
public record CallId(CompanyId company, String uid) implements Comparable<CallId> {
  /** The longest {@code uid} that is taken, in UTF-16 units. */
  public static final int UID_LENGTH_MAX = 200;

  private static final Comparator<CallId> ORDER =
      Comparator.comparing(CallId::company).thenComparing(CallId::uid);

  public CallId {
    if (uid.isEmpty() || uid.length() > UID_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a uid has 1 to " + UID_LENGTH_MAX + " characters: " + uid.length());
    }
  }

  // Asked many times for each event, so written out.
  @Override
  public boolean equals(Object other) {
    return other instanceof CallId call
        && company.bits() == call.company.bits()
        && uid.equals(call.uid);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(company.bits()) + uid.hashCode();
  }

  @Override
  public int compareTo(CallId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return company + "/" + uid;
  }
}
