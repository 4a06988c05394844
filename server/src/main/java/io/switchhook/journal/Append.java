package io.switchhook.journal;

import java.util.List;

/** What came of appending a batch. */
public sealed interface Append {
  /** All of the batch is durable; one entry for each record of the batch, in its order. */
  record Kept(List<Entry> entries) implements Append {
    public Kept {
      entries = List.copyOf(entries);
    }
  }

  /** One record of a batch as kept; for a duplicate, the record that was there before. */
  record Entry(JournalRecord record, boolean duplicate) {}

  /** Nothing was taken: less than the minimum is free on the disk. */
  record DiskFull(long freeBytes, long minimumFreeBytes) implements Append {}

  /** Nothing was taken: too much waits to be written already. Trying again a little later helps. */
  record Busy(long waitingBytes) implements Append {}

  /** Nothing was taken, or it is not known: the journal is closing. */
  record Closing() implements Append {}
}
