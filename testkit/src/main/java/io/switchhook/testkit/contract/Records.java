package io.switchhook.testkit.contract;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.Append;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalRecord;
import io.switchhook.journal.NewRecord;
import io.switchhook.journal.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Short words for what the journal's tests do all the time. */
public final class Records {
  /** A company. */
  public static final CompanyId ACME = new CompanyId("00000000000ac3e0");

  /** Another one, whose id is a negative number when it is taken for 64 bits with a sign. */
  public static final CompanyId ZENITH = new CompanyId("fedcba9876543210");

  /** An ordinary day, ten minutes before midnight. */
  public static final Instant LATE = Instant.parse("2026-11-22T23:50:00.123Z");

  private static final long WAIT_SECONDS_MAX = 60;

  private static final int CALL_RECORDS_MAX = 100_000;

  private Records() {}

  /** The call of Acme's with this uid. */
  public static CallId call(String uid) {
    return new CallId(ACME, uid);
  }

  /** An in-call log of the call; its name is its identity and its body. */
  public static NewRecord event(CallId call, String name) {
    return record(call, Kind.IN_CALL, name);
  }

  /** A note on the call. */
  public static NewRecord note(CallId call, String name) {
    return record(call, Kind.NOTE, name);
  }

  private static NewRecord record(CallId call, Kind kind, String name) {
    return new NewRecord(call, kind, 0, LATE, Identity.ofName(name), Bytes.utf8(name));
  }

  /** Appends one batch and returns what its records became; fails when it was not kept. */
  public static List<JournalRecord> append(Journal journal, NewRecord... batch) {
    return entries(journal, batch).stream().map(Append.Entry::record).toList();
  }

  /** Appends one batch and returns its entries; fails when it was not kept. */
  public static List<Append.Entry> entries(Journal journal, NewRecord... batch) {
    return switch (appended(journal, Arrays.asList(batch))) {
      case Append.Kept(var entries) -> entries;
      case Append.DiskFull full -> throw new AssertionError(full);
      case Append.Busy busy -> throw new AssertionError(busy);
      case Append.Closing closing -> throw new AssertionError(closing);
    };
  }

  /** Appends one batch and returns what came of it. */
  public static Append appended(Journal journal, List<NewRecord> batch) {
    try {
      return journal.append(batch).toCompletableFuture().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("an append did not end", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e);
    }
  }

  /** Reads a partition from an offset to its end, page by page. */
  public static List<JournalRecord> readAll(Journal journal, int partition, long from, int max) {
    var all = new ArrayList<JournalRecord>();
    long next = from;
    while (next < journal.end(partition)) {
      var page = records(journal.read(partition, next, max));
      all.addAll(page.records());
      next = page.nextOffset();
    }
    return all;
  }

  /** All records of a call that can be read, wherever they are. */
  public static List<JournalRecord> callOf(Journal journal, CallId call) {
    return journal.partitionsOf(call).stream()
        .flatMap(partition -> journal.readCall(partition, call, 0, CALL_RECORDS_MAX).stream())
        .toList();
  }

  /** The page as records; fails when they are gone. */
  public static Page.Records records(Page page) {
    return switch (page) {
      case Page.Records records -> records;
      case Page.Gone gone -> throw new AssertionError(gone);
    };
  }

  /** Every record of the journal that can be read. */
  public static List<JournalRecord> everything(Journal journal) {
    var all = new ArrayList<JournalRecord>();
    for (int partition = 0; partition < PartitionList.PARTITION_COUNT; partition++) {
      all.addAll(readAll(journal, partition, journal.oldest(partition), 100));
    }
    return all;
  }
}
