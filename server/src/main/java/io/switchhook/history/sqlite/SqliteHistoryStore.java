package io.switchhook.history.sqlite;

import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.AttemptFigures;
import io.switchhook.history.CallQuery;
import io.switchhook.history.CallSummary;
import io.switchhook.history.Change;
import io.switchhook.history.Cursor;
import io.switchhook.history.DeliveryPlace;
import io.switchhook.history.DeliveryPlaces;
import io.switchhook.history.DeliveryQuery;
import io.switchhook.history.DeliveryRow;
import io.switchhook.history.EventRef;
import io.switchhook.history.FailureGroup;
import io.switchhook.history.HistoryException;
import io.switchhook.history.HistoryStore;
import io.switchhook.history.Page;
import io.switchhook.history.WebhookHealth;
import io.switchhook.sqlite.DatabaseException;
import io.switchhook.sqlite.DatabaseFile;
import io.switchhook.sqlite.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link HistoryStore} in a folder of SQLite files. */
public final class SqliteHistoryStore implements HistoryStore {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteHistoryStore.class);
  private static final int KNOWN_CALLS_MAX = 20_000;
  private static final int MEMORIES_MAX = 2;

  private final DayFiles files;
  private final Watermarks watermarks;
  private final HealthBoard board = new HealthBoard();
  // The writer's own: on which day the calls heard of lately began.
  private final Map<CallId, LocalDate> knownCalls = LatestUsed.map(KNOWN_CALLS_MAX);
  // The writer's own, too. Nearly each change is on the same day as the one before.
  private LocalDate latestDay = LocalDate.EPOCH;
  private final Map<LocalDate, DayMemory> memories = LatestUsed.map(MEMORIES_MAX);

  /**
   * Opens the history in a folder, and makes it when there is none.
   *
   * @throws HistoryException when that cannot be done
   */
  public SqliteHistoryStore(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new HistoryException("cannot make the folder " + folder, e);
    }
    files = orFail(() -> new DayFiles(folder));
    watermarks = orFail(() -> new Watermarks(folder));
    files.days().forEach(this::readHealth);
    // Of a day that is still there a crash has kept the file: it speaks for itself.
    orFail(watermarks::readLost).stream()
        .filter(lost -> !files.days().contains(lost.day()))
        .forEach(board::lost);
  }

  private void readHealth(LocalDate day) {
    try {
      board.move(
          day,
          orFail(
              () ->
                  files.with(
                      day,
                      List.of(),
                      file -> file.read(session -> new HealthRows(session).all()))));
    } catch (HistoryException e) {
      // The other days can be told, and delivery does not need any.
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("day", day)
          .log("history.unreadable: what waits and what failed on that day is not counted");
    }
  }

  @Override
  public void write(List<Change> changes) {
    var byDay = new TreeMap<LocalDate, List<Change>>();
    orFail(
        () -> {
          for (var change : changes) {
            byDay.computeIfAbsent(dayOf(change), _ -> new ArrayList<>()).add(change);
          }
          byDay.forEach(
              (day, ofDay) ->
                  files.with(
                      day,
                      day,
                      file -> {
                        writeTo(day, file, ofDay);
                        return day;
                      }));
          return byDay;
        });
  }

  private void writeTo(LocalDate day, DatabaseFile file, List<Change> changes) {
    // Away while it may hold what is not committed after all.
    var known = memories.remove(day);
    var memory = known == null ? new DayMemory() : known;
    board.move(day, file.write(session -> new DayWriter(session, memory).write(changes)));
    memories.put(day, memory);
    file.maintain();
  }

  private LocalDate dayOf(Change change) {
    var ownDay = dayOfWritten(change.event().acceptedAt());
    return change instanceof Change.Heard heard ? dayOfCall(heard.event(), ownDay) : ownDay;
  }

  private LocalDate dayOfWritten(Instant instant) {
    long day = Math.floorDiv(instant.getEpochSecond(), TimeUnit.DAYS.toSeconds(1));
    if (day != latestDay.toEpochDay()) {
      latestDay = LocalDate.ofEpochDay(day);
    }
    return latestDay;
  }

  private LocalDate dayOfCall(EventRef event, LocalDate ownDay) {
    var day = event.sequence() > 1 ? beginning(event.call(), ownDay) : ownDay;
    knownCalls.put(event.call(), day);
    return day;
  }

  private LocalDate beginning(CallId call, LocalDate ownDay) {
    var oldest = ownDay.minusDays(CALL_DAYS_MAX);
    var known = knownCalls.get(call);
    if (known != null
        && !known.isAfter(ownDay)
        && !known.isBefore(oldest)
        && !files.isForgotten(known)) {
      return known;
    }
    for (var day : files.days().subSet(oldest, true, ownDay, true).descendingSet()) {
      boolean isThere =
          files.with(
              day,
              /* forgotten= */ false,
              file -> file.read(session -> new CallRows(session).find(call) != null));
      if (isThere) {
        return day;
      }
    }
    return ownDay;
  }

  private static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  @Override
  public void writeWatermarks(Map<Integer, Long> written) {
    orFail(
        () -> {
          watermarks.write(written);
          return written;
        });
  }

  @Override
  public Map<Integer, Long> watermarks() {
    return orFail(watermarks::read);
  }

  @Override
  public Page<CallSummary> calls(CallQuery query) {
    var found =
        newestFirst(
            days(query.from(), before(query.cursor(), query.to())),
            query.limit() + 1,
            (session, missing) -> new CallSearch(query).find(session, missing));
    if (found.size() <= query.limit()) {
      return new Page<>(found, null);
    }
    var items = found.subList(0, query.limit());
    return new Page<>(items, CallSearch.cursor(items.getLast()));
  }

  @Override
  public Page<DeliveryRow> deliveries(DeliveryQuery query) {
    var found =
        newestFirst(
            days(query.from(), before(query.cursor(), query.to())),
            query.limit() + 1,
            (session, missing) -> new DeliverySearch(session).find(query, missing));
    return DeliveryPlaces.page(found, query.limit());
  }

  @Override
  public List<FailureGroup> failures(DeliveryQuery query) {
    return FailureGroup.together(
        newestFirst(
            days(query.from(), query.to()),
            Integer.MAX_VALUE,
            (session, _) -> new DeliverySearch(session).failures(query)));
  }

  @Override
  public AttemptFigures figures(CompanyId company, WebhookId webhook, Instant from) {
    var query = new DeliveryQuery(company, webhook, null, null, from, null, null, 1);
    return AttemptFigures.of(
        newestFirst(
            days(from, null),
            AttemptFigures.ATTEMPTS_MAX,
            (session, missing) -> new DeliverySearch(session).latest(query, missing)));
  }

  /** Finds at most so many items of a day, in its order. */
  private interface DaySearch<T> {
    List<T> find(Session session, int max) throws SQLException;
  }

  /** Searches these days one after the other, until {@code max} items are found. */
  private <T> List<T> newestFirst(Collection<LocalDate> days, int max, DaySearch<T> search) {
    var found = new ArrayList<T>();
    for (var day : days) {
      var missing = max - found.size();
      if (missing == 0) {
        break;
      }
      found.addAll(
          orFail(
              () ->
                  files.with(
                      day,
                      List.of(),
                      file -> file.read(session -> search.find(session, missing)))));
    }
    return found;
  }

  /** Where a page begins: behind the one before, else at the latest time asked for. */
  private static @Nullable Instant before(@Nullable Cursor cursor, @Nullable Instant to) {
    return cursor == null ? to : Instant.ofEpochMilli(cursor.atMillis());
  }

  /** The days that have something between two times, newest first. */
  private NavigableSet<LocalDate> days(@Nullable Instant from, @Nullable Instant to) {
    var days = files.days();
    if (from != null && to != null && from.isAfter(to)) {
      return Collections.emptyNavigableSet();
    }
    if (from != null) {
      days = days.tailSet(dayOf(from), /* inclusive= */ true);
    }
    if (to != null) {
      days = days.headSet(dayOf(to), /* inclusive= */ true);
    }
    return days.descendingSet();
  }

  @Override
  public Optional<Told> told(EventRef event) {
    var day = dayOf(event.acceptedAt());
    if (!files.days().contains(day)) {
      return Optional.empty();
    }
    return orFail(
        () ->
            files.with(
                day,
                Optional.empty(),
                file -> file.read(session -> new DeliverySearch(session).told(event))));
  }

  @Override
  public List<Open> open(@Nullable Open after, int max) {
    var place = after == null ? null : DeliveryPlace.of(after.event(), after.webhook());
    var days = place == null ? files.days() : files.days().tailSet(dayOf(place.acceptedAt()), true);
    var found = new ArrayList<Open>();
    for (var day : days) {
      var missing = max - found.size();
      if (missing == 0) {
        break;
      }
      found.addAll(
          orFail(
              () ->
                  files.with(
                      day,
                      List.of(),
                      file ->
                          file.read(session -> new DeliverySearch(session).open(place, missing)))));
    }
    return found;
  }

  @Override
  public Forgotten forgetBefore(LocalDate day) {
    return orFail(
        () -> {
          watermarks.writeLost(board.lostBefore(day));
          int forgotten = files.forgetBefore(day).size();
          memories.keySet().removeIf(known -> known.isBefore(day));
          return new Forgotten(forgotten, board.forgetBefore(day));
        });
  }

  @Override
  public Map<WebhookId, WebhookHealth> health(CompanyId company) {
    return board.of(company);
  }

  private static <T> T orFail(Supplier<T> work) {
    try {
      return work.get();
    } catch (DatabaseException | UncheckedIOException e) {
      throw new HistoryException("history: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    files.close();
    watermarks.close();
  }
}
