package io.switchhook.runtime;

import io.switchhook.admin.DataKept;
import io.switchhook.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;

/** Measures what is in the data folder, when somebody asks. */
final class MeasureData {
  private final Settings.Data settings;
  private final Stores stores;

  MeasureData(Settings settings, Stores stores) {
    this.settings = settings.data();
    this.stores = stores;
  }

  DataKept now() {
    long journal = bytes(stores.folder.resolve("journal"));
    long history = bytes(stores.folder.resolve("history"));
    return new DataKept(
        settings.retention(),
        settings.dedupeWindow(),
        stores.journal.extent(),
        journal,
        history,
        Math.max(0, bytes(stores.folder.path()) - journal - history),
        stores.folder.freeBytes().getAsLong(),
        settings.minimumFreeBytes());
  }

  /** Files may go while they are counted: those count nothing. */
  private static long bytes(Path folder) {
    var sum = new AtomicLong();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum.addAndGet(attributes.size());
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("the data folder cannot be looked at", e);
    }
    return sum.get();
  }
}
