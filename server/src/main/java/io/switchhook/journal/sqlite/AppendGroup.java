package io.switchhook.journal.sqlite;

import io.switchhook.journal.Append;
import io.switchhook.journal.AssignPlaces;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalException;
import io.switchhook.journal.JournalRecord;
import io.switchhook.sqlite.DatabaseException;
import io.switchhook.sqlite.GroupWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the batches that wait together: one transaction, one flush. On the writer's thread, but
 * where said otherwise.
 */
final class AppendGroup implements GroupWriter.Carrier<AppendUnit> {
  private final Segments segments;
  private final AssignPlaces places;
  private final LongSupplier freeBytes;
  private final long minimumFreeBytes;
  private final Consumer<Throwable> onFatal;
  private volatile Journal.Listener listener = (_, _) -> {};
  private volatile @Nullable JournalException failure;

  AppendGroup(SqliteJournalSettings settings, Segments segments) {
    this.segments = segments;
    this.places =
        new AssignPlaces(
            settings.journal(), segments, segments.next(), segments.newestMillisAtOpen());
    this.freeBytes = settings.freeBytes();
    this.minimumFreeBytes = settings.minimumFreeBytes();
    this.onFatal = settings.onFatal();
  }

  /** From any thread, before the first append. */
  void listen(Journal.Listener heard) {
    listener = heard;
  }

  /** Why nothing is taken any more; null as long as it is. From any thread. */
  @Nullable JournalException failure() {
    return failure;
  }

  @Override
  public void carryOut(List<AppendUnit> group) {
    var why = failure;
    if (why != null) {
      group.forEach(unit -> unit.done().completeExceptionally(why));
      return;
    }
    long free = freeBytes.getAsLong();
    if (free < minimumFreeBytes) {
      tell(group, new Append.DiskFull(free, minimumFreeBytes));
      return;
    }
    try {
      write(group);
    } catch (DatabaseException.DiskFull _) {
      places.undo();
      tell(group, new Append.DiskFull(free, minimumFreeBytes));
      return;
    } catch (DatabaseException e) {
      places.undo();
      fail(group, e);
      return;
    }
    var appended = appended();
    places.keep();
    appended.forEach(segments::show);
    appended.forEach(records -> listener.appended(records.getFirst().partition(), records));
    group.forEach(AppendUnit::kept);
    segments.maintain();
  }

  private void write(List<AppendUnit> group) {
    var segment = segments.of(places.begin(), places.next());
    for (var unit : group) {
      try {
        unit.assigned(places.assign(unit.batch()));
      } catch (JournalException e) {
        // An earlier record of one of its calls cannot be read. The other batches have nothing to
        // do with it.
        unit.done().completeExceptionally(e);
      }
    }
    if (!places.assigned().isEmpty()) {
      segment.append(places.assigned());
    }
  }

  private List<List<JournalRecord>> appended() {
    var appended = new ArrayList<List<JournalRecord>>(places.touched().size());
    for (int partition : places.touched()) {
      var records = places.assigned(partition);
      if (!records.isEmpty()) {
        appended.add(Collections.unmodifiableList(records));
      }
    }
    return appended;
  }

  private static void tell(List<AppendUnit> group, Append outcome) {
    group.forEach(unit -> unit.done().complete(outcome));
  }

  private void fail(List<AppendUnit> group, DatabaseException e) {
    var why = new JournalException("the journal could not be written: " + e.getMessage(), e);
    if (e instanceof DatabaseException.Broken) {
      // The file has told whoever ends the process.
      failure = why;
    }
    group.forEach(unit -> unit.done().completeExceptionally(why));
  }

  @Override
  public void broke(List<AppendUnit> units, Throwable bug) {
    var why = new JournalException("the journal's writer failed", bug);
    failure = why;
    onFatal.accept(bug);
    units.forEach(unit -> unit.done().completeExceptionally(why));
  }
}
