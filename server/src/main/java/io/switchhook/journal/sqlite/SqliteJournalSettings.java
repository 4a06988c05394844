package io.switchhook.journal.sqlite;

import io.switchhook.journal.JournalSettings;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What the journal on a disk is told.
 *
 * @param folder where its files are, for example {@code DATA/journal}; made when there is none
 * @param freeBytes how many bytes the folder's disk has left
 * @param minimumFreeBytes with less than this left, nothing is appended
 * @param onFatal told once when writing failed: the process must then end
 */
public record SqliteJournalSettings(
    Path folder,
    JournalSettings journal,
    LongSupplier freeBytes,
    long minimumFreeBytes,
    Consumer<Throwable> onFatal) {}
