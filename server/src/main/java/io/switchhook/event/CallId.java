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

  @Override
  public int compareTo(CallId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return company + "/" + uid;
  }
}
