package io.switchhook.journal;

import java.util.List;

/** What one append may hold. */
public final class Batch {
  /** The most records of a batch. */
  public static final int RECORDS_MAX = 1_000;

  /** The most bytes of all bodies of a batch together. */
  public static final long BYTES_MAX = 1L << 20;

  private Batch() {}

  /**
   * The bytes of all bodies together.
   *
   * @throws IllegalArgumentException when the batch is empty or too large: whoever takes records in
   *     has limits of his own
   */
  public static long checkedBytes(List<NewRecord> batch) {
    long bytes = 0;
    for (var record : batch) {
      bytes += record.body().size();
    }
    if (batch.isEmpty() || batch.size() > RECORDS_MAX || bytes > BYTES_MAX) {
      throw new IllegalArgumentException(
          "a batch has 1 to %d records of at most %d bytes together: %d of %d"
              .formatted(RECORDS_MAX, BYTES_MAX, batch.size(), bytes));
    }
    return bytes;
  }
}
