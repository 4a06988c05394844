package io.switchhook.runtime;

import io.switchhook.company.Companies;
import io.switchhook.config.Settings;
import io.switchhook.delivery.LaneRow;
import io.switchhook.delivery.PartitionState;
import io.switchhook.delivery.sqlite.SqliteCursorStore;
import io.switchhook.event.CompanyId;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.Journal;
import io.switchhook.journal.JournalSettings;
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
  final List<PartitionState> partitions;
  final SqliteJournal journal;
  final EngineClock clock;

  private Stores(Opened opened, List<PartitionState> partitions, SqliteJournal journal) {
    this.folder = opened.folder;
    this.state = opened.state;
    this.companies = opened.companies;
    this.cursors = opened.cursors;
    this.clock = opened.clock;
    this.partitions = partitions;
    this.journal = journal;
  }

  private record Opened(
      DataFolder folder,
      Database state,
      Companies companies,
      SqliteCursorStore cursors,
      EngineClock clock) {}

  static Stores open(
      Settings settings, EngineClock clock, SecureRandom random, Consumer<Throwable> onFatal) {
    var folder = DataFolder.open(settings.data().directory());
    var state = Database.open(DatabaseSettings.of(folder.resolve("state.db"), onFatal));
    var companies = Companies.open(state, clock, random);
    var cursors = new SqliteCursorStore(state);
    clock.goOnFrom(cursors.highestEngineTime());
    var stored =
        IntStream.range(0, PartitionList.PARTITION_COUNT).mapToObj(cursors::acquire).toList();
    var journal =
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
                onFatal));
    clock.goOnFrom(journal.highestEngineTime());
    journal
        .recoveryReport()
        .findings()
        .forEach(
            finding ->
                LOG.atWarn()
                    .addKeyValue("segment", finding.segment())
                    .addKeyValue("found", finding.text())
                    .log("journal.recovered"));
    var partitions =
        stored.stream().map(partition -> notBelowTheOldest(partition, journal)).toList();
    return new Stores(new Opened(folder, state, companies, cursors, clock), partitions, journal);
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
      var floor =
          state.lanes().stream().mapToLong(LaneRow::head).reduce(state.watermark(), Math::max);
      floors.put(state.partition(), floor);
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
    return new PartitionState(state.partition(), state.epoch(), oldest, state.lanes());
  }

  @Override
  public void close() {
    journal.close();
    cursors.close();
    state.close();
    folder.close();
  }
}
