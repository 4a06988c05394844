package io.switchhook.journal;

import java.util.List;

/** What a read by partition or by company found. */
public sealed interface Page {
  /**
   * Records in the order of their offsets.
   *
   * @param nextOffset where to read on: everything of what was asked for below it is in {@code
   *     records} or in an earlier page
   */
  record Records(List<JournalRecord> records, long nextOffset) implements Page {
    public Records {
      records = List.copyOf(records);
    }
  }

  /** The offset asked for is older than what is kept. Never told as an empty page. */
  record Gone(long oldestOffset) implements Page {}
}
