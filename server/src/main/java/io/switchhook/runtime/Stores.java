package io.switchhook.runtime;

import io.switchhook.company.Companies;
import io.switchhook.config.Settings;
import io.switchhook.delivery.FeedCursor;
import io.switchhook.delivery.LaneRow;
import io.switchhook.delivery.PartitionState;
import io.switchhook.delivery.sqlite.PatientCursorStore;
import io.switchhook.delivery.sqlite.SqliteCursorStore;
import io.switchhook.event.CompanyId;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.sqlite.RecoveryReport;
import io.switchhook.journal.sqlite.SqliteJournal;
import io.switchhook.journal.sqlite.SqliteJournalSettings;
import io.switchhook.sqlite.DataFolder;
import io.switchhook.sqlite.Database;
import io.switchhook.sqlite.DatabaseSettings;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept in the data folder, opened in the order in which one part needs the other: companies
 * say where calls go, cursors say below which offsets the journal may not begin, and both say how
 * far time has come.
 */
final class Stores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

  final DataFolder folder;
  final Database state;
  final Companies companies;
  final SqliteCursorStore cursors;

  /** The same cursors, for those who commit: a full disk makes them wait. */
  final PatientCursorStore patientCursors;

  final List<PartitionState> partitions;
  final SqliteJournal journal;
  final EngineClock clock;

  private final Closings closings;

  private Stores(Parts parts, Closings closings) {
    this.folder = parts.folder;
    this.state = parts.state;
    this.companies = parts.companies;
    this.cursors = parts.cursors;
    this.patientCursors = new PatientCursorStore(parts.cursors);
    this.journal = parts.journal;
    this.clock = parts.clock;
    this.partitions = parts.partitions;
    this.closings = closings;
  }

  private record Parts(
      DataFolder folder,
      Database state,
      Companies companies,
      SqliteCursorStore cursors,
      SqliteJournal journal,
      List<PartitionState> partitions,
      EngineClock clock) {}

  private record Opening(
      EngineClock clock, SecureRandom random, Consumer<Throwable> onFatal, Closings closings) {}

  /** Opens all of them, or none: what was opened before the one that failed is closed again. */
  static Stores open(
      Settings settings, EngineClock clock, SecureRandom random, Consumer<Throwable> onFatal) {
    var closings = new Closings();
    boolean done = false;
    try {
      var opening = new Opening(clock, random, onFatal, closings);
      var stores = new Stores(parts(settings, opening), closings);
      done = true;
      return stores;
    } finally {
      if (!done) {
        closings.close();
      }
    }
  }

  private static Parts parts(Settings settings, Opening opening) {
    var clock = opening.clock;
    var closings = opening.closings;
    var folder = closings.opened("data folder", DataFolder.open(settings.data().directory()));
    var state =
        closings.opened(
            "state",
            Database.open(DatabaseSettings.of(folder.resolve("state.db"), opening.onFatal)));
    var companies = Companies.open(state, clock, opening.random);
    var cursors = closings.opened("cursors", new SqliteCursorStore(state));
    clock.goOnFrom(cursors.highestEngineTime());
    var stored =
        cursors.acquire(IntStream.range(0, PartitionList.PARTITION_COUNT).boxed().toList());
    var journal =
        closings.opened(
            "journal",
            SqliteJournal.open(
                new SqliteJournalSettings(
                    folder.resolve("journal"),
                    new JournalSettings(
                        company -> partitionsOf(companies, company),
                        clock,
                        settings.data().dedupeWindow(),
                        floors(stored),
                        JournalSettings.RECENT_RECORDS_MAX),
                    folder.freeBytes(),
                    settings.data().minimumFreeBytes(),
                    opening.onFatal)));
    clock.goOnFrom(journal.highestEngineTime());
    journal.recoveryReport().findings().forEach(Stores::tell);
    var partitions =
        stored.stream().map(partition -> notBelowTheOldest(partition, journal)).toList();
    return new Parts(folder, state, companies, cursors, journal, partitions, clock);
  }

  private static void tell(RecoveryReport.Finding finding) {
    LOG.atWarn()
        .addKeyValue("segment", finding.segment())
        .addKeyValue("found", finding.text())
        .log("journal.recovered");
  }

  private static PartitionList partitionsOf(Companies companies, CompanyId company) {
    return companies
        .find(company)
        .orElseThrow(() -> new IllegalStateException("there is no company " + company))
        .partitions();
  }

  /**
   * The next record of a partition is never below a stored cursor, even when a file of the journal
   * was lost.
   */
  private static Map<Integer, Long> floors(List<PartitionState> partitions) {
    var floors = new HashMap<Integer, Long>();
    for (var state : partitions) {
      var lanes = state.lanes().stream().mapToLong(LaneRow::head).reduce(0, Math::max);
      var feeds = state.feeds().stream().mapToLong(FeedCursor::offset).reduce(0, Math::max);
      floors.put(state.partition(), Math.max(state.watermark(), Math.max(lanes, feeds)));
    }
    return floors;
  }

  /**
   * What a lost file of the journal held cannot be told any more: said in the log, and read on
   * behind it.
   */
  private static PartitionState notBelowTheOldest(PartitionState state, Journal journal) {
    var oldest = journal.oldest(state.partition());
    if (state.watermark() >= oldest) {
      return state;
    }
    LOG.atError()
        .addKeyValue("partition", state.partition())
        .addKeyValue("from_offset", state.watermark())
        .addKeyValue("to_offset", oldest)
        .log("journal.records_lost");
    return new PartitionState(
        state.partition(), state.epoch(), oldest, state.lanes(), state.feeds());
  }

  @Override
  public void close() {
    closings.close();
  }
}
