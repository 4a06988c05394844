package io.switchhook.source;

import io.micrometer.core.instrument.MeterRegistry;
import io.switchhook.event.CompanyId;
import io.switchhook.journal.Journal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What a source is given to work with.
 *
 * @param name of the source
 * @param company whose calls it hears
 * @param journal takes what it heard; {@link AppendUntilKept} appends for a source that cannot
 *     answer "later"
 * @param cursors remembers how far back the journal must be read after a restart, for this source
 * @param startedCalls remembers the calls that were asked for
 * @param folder the source's own folder within the data folder; it exists
 * @param clock the wall clock
 * @param random for pauses and ids
 * @param meters takes its metrics; every name begins with {@code switchhook_source_} and has the
 *     tag {@code source}
 * @param onFatal told when the source can no longer keep its promises: the process then ends
 */
public record SourceParts(
    String name,
    CompanyId company,
    Journal journal,
    FollowCursors cursors,
    StartedCalls startedCalls,
    Path folder,
    InstantSource clock,
    RandomGenerator random,
    MeterRegistry meters,
    Consumer<Throwable> onFatal) {}
