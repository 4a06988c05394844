package io.switchhook.sqlite;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/*
 * What is counted, and what the disk is asked to do for it (synchronous=FULL, write-ahead log):
 *
 * A commit is a transaction that ended well and changed rows: one that changed none writes nothing. It flushes the log once.
 * A checkpoint is one call that ended well. It flushes the log, and then the file when it copied something; one that only
 * starts the log over copies nothing, and the next commit flushes the log's new header instead. So there are as many
 * flushes as commits, and two for each checkpoint.
 *
 * Source: https://sqlite.org/pragma.html#pragma_synchronous, https://sqlite.org/wal.html
 */

/**
 * How often this process made something durable in its SQLite files, by name. A file is counted
 * under its own name without the ending; one that is named after a day, under its folder's. May be
 * used from any thread.
 */
public final class DurableWrites {
  private static final Map<String, DurableWrites> ALL = new ConcurrentHashMap<>();

  private final LongAdder commits = new LongAdder();
  private final LongAdder checkpoints = new LongAdder();

  private DurableWrites() {}

  /** What is counted under this name, by all files together that are or were open. */
  public static DurableWrites named(String name) {
    return ALL.computeIfAbsent(name, _ -> new DurableWrites());
  }

  static DurableWrites of(Path file) {
    return named(nameOf(file));
  }

  /** The name under which a file is counted. */
  static String nameOf(Path file) {
    var name = String.valueOf(file.getFileName());
    var folder = file.toAbsolutePath().getParent();
    if (Character.isDigit(name.charAt(0)) && folder != null && folder.getFileName() != null) {
      return folder.getFileName().toString();
    }
    var end = name.lastIndexOf('.');
    return end < 0 ? name : name.substring(0, end);
  }

  void committed() {
    commits.increment();
  }

  void checkpointed() {
    checkpoints.increment();
  }

  /** Transactions that were committed and had changed rows. */
  public long commits() {
    return commits.sum();
  }

  /** Checkpoints that ended well. */
  public long checkpoints() {
    return checkpoints.sum();
  }
}
