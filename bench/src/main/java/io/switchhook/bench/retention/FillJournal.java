package io.switchhook.bench.retention;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.Append;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.NewRecord;
import io.switchhook.journal.sqlite.SqliteJournal;
import io.switchhook.journal.sqlite.SqliteJournalSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Appends to the journal of a server that does not run, in large batches, as if it were another
 * day.
 */
public final class FillJournal implements AutoCloseable {
  /** Events of a call. */
  public static final int EVENTS_OF_A_CALL = 10;

  private static final int BATCH = 1_000;
  private static final int BATCHES_UNDER_WAY = 8;
  private static final int BODY_BYTES = 450;
  private static final int BODIES = 64;
  private static final int COMPANIES = 40;
  private static final Duration DEDUPE_WINDOW = Duration.ofHours(1);

  /** Spreads the numbers of companies over all that an id can be. */
  private static final long SCATTER = 0x9e3779b97f4a7c15L;

  private final Instant day;
  private final SqliteJournal journal;
  private final SplittableRandom random;
  private final List<Bytes> bodies;

  /** Opens the journal of a data folder; every record is accepted at this time. */
  public FillJournal(Path data, Instant day) {
    this.day = day;
    this.random = new SplittableRandom(day.toEpochMilli());
    this.bodies = Stream.generate(() -> body(random)).limit(BODIES).toList();
    this.journal =
        SqliteJournal.open(
            new SqliteJournalSettings(
                data.resolve("journal"),
                new JournalSettings(
                    PartitionList::forNewCompany,
                    InstantSource.fixed(day),
                    DEDUPE_WINDOW,
                    Map.of(),
                    JournalSettings.RECENT_RECORDS_MAX),
                () -> Long.MAX_VALUE,
                0,
                failure -> {
                  throw new IllegalStateException(failure);
                }));
  }

  private static Bytes body(SplittableRandom random) {
    var bytes = new byte[BODY_BYTES];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  /** Appends so many events that no webhook wants, of companies that nobody has set up. */
  public void fill(long events) {
    append(
        events,
        number -> {
          var id = number / EVENTS_OF_A_CALL;
          var call = new CallId(CompanyId.ofBits(SCATTER * (1 + id % COMPANIES)), uid("made", id));
          return record(call, bodies.get((int) (number % BODIES)));
        });
  }

  /** Appends so many calls of a company, one event of each after the other. */
  public void tell(CompanyId company, int calls) {
    append(
        (long) calls * EVENTS_OF_A_CALL,
        number -> {
          var call = new CallId(company, uid("told", number % calls));
          return record(call, Bytes.utf8(log(call.uid(), number / calls)));
        });
  }

  private String uid(String what, long number) {
    return what + "." + day.getEpochSecond() + "." + number;
  }

  /** One call log of a call that rings often and is answered in the end. */
  public static String log(String uid, long number) {
    var state = number == 0 ? 1 : number == EVENTS_OF_A_CALL - 1 ? 2 : 5;
    return String.format(
        Locale.ROOT,
        "{\"id\":\"%s.%d\",\"uid\":\"%s\",\"call_state\":\"%d\",\"event\":\"1\",\"status\":null,\"users\":[]}%n",
        uid,
        number,
        uid,
        state);
  }

  private NewRecord record(CallId call, Bytes body) {
    var identity = new Identity(random.nextLong(), random.nextLong());
    return new NewRecord(call, Kind.IN_CALL, 0, day, identity, body);
  }

  private void append(long count, LongFunction<NewRecord> record) {
    var underWay = new ArrayDeque<CompletableFuture<Append>>();
    for (long first = 0; first < count; first += BATCH) {
      var batch = new ArrayList<NewRecord>(BATCH);
      for (long number = first; number < Math.min(count, first + BATCH); number++) {
        batch.add(record.apply(number));
      }
      underWay.add(journal.append(batch).toCompletableFuture());
      if (underWay.size() == BATCHES_UNDER_WAY) {
        checkKept(underWay.remove().join());
      }
    }
    underWay.forEach(batch -> checkKept(batch.join()));
  }

  private static void checkKept(Append append) {
    if (!(append instanceof Append.Kept)) {
      throw new IllegalStateException("the journal does not take a batch: " + append);
    }
  }

  /** By partition, the offset that its next record gets. */
  public Offsets ends() {
    return Offsets.of(journal::end);
  }

  @Override
  public void close() {
    journal.close();
  }
}
