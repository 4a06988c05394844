package io.switchhook.journal.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/*
 * Why the log is looked at before SQLite does.
 *
 * SQLite takes a write-ahead log up to its last whole transaction and passes over the rest without a word. That is right for
 * the one transaction that a crash left unfinished, and wrong for us when the log was damaged or cut: transactions that were
 * acknowledged would be gone silently. So the same walk is made here, to tell the two apart.
 *
 * A log is a header of 32 bytes (magic, version, page size, checkpoint number, two salts, two checksums) and frames of 24
 * bytes plus a page (page number, size of the file after a commit or 0, two salts, two checksums). A frame counts when its
 * salts are the header's and its checksums continue those of the frame before. Frames after that with other salts are left
 * over from before the log was started over.
 *
 * Source: https://sqlite.org/fileformat2.html#the_write_ahead_log
 */

/** Looks at a write-ahead log without changing it. */
final class LogCheck {
  private static final int HEADER_BYTES = 32;
  private static final int FRAME_HEADER_BYTES = 24;
  private static final int MAGIC = 0x377f0682;

  /**
   * What a log holds.
   *
   * @param commits how many whole transactions count
   * @param unusedCommits how many transactions' ends come after them and do not count
   * @param unusedBytes how many bytes of this log come after the last transaction that counts
   * @param headerDamaged the log as a whole does not count
   */
  record Result(int commits, int unusedCommits, long unusedBytes, boolean headerDamaged) {
    static final Result NOTHING = new Result(0, 0, 0, false);

    /** Nothing that was acknowledged is missing, as far as the log can tell. */
    boolean isWhole() {
      return !headerDamaged && unusedCommits == 0;
    }
  }

  private final FileChannel log;
  private final long sizeBytes;
  private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
  private ByteOrder sumOrder = ByteOrder.BIG_ENDIAN;
  private int sum1;
  private int sum2;

  private LogCheck(FileChannel log) throws IOException {
    this.log = log;
    this.sizeBytes = log.size();
  }

  /** Looks at the log of {@code database}; nothing when there is none. */
  static Result of(Path database) {
    var file = Path.of(database + "-wal");
    try {
      if (!Files.exists(file) || Files.size(file) == 0) {
        return Result.NOTHING;
      }
      try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
        return new LogCheck(channel).walk();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private Result walk() throws IOException {
    if (sizeBytes < HEADER_BYTES || !read(header, 0) || !headerIsWhole()) {
      return new Result(0, 0, sizeBytes, true);
    }
    int frameBytes = FRAME_HEADER_BYTES + header.getInt(8);
    var frame = ByteBuffer.allocate(frameBytes);
    int commits = 0;
    int unusedCommits = 0;
    long counted = HEADER_BYTES;
    long ofThisLog = HEADER_BYTES;
    boolean counts = true;
    long position = HEADER_BYTES;
    while (position + frameBytes <= sizeBytes && read(frame, position)) {
      position += frameBytes;
      boolean saltsFit = frame.getLong(8) == header.getLong(16);
      if (!saltsFit) {
        counts = false;
        continue;
      }
      ofThisLog = position;
      counts = counts && sumFits(frame);
      boolean commit = frame.getInt(4) != 0;
      if (commit && counts) {
        commits++;
        counted = position;
      } else if (commit) {
        unusedCommits++;
      }
    }
    return new Result(commits, unusedCommits, ofThisLog - counted + tornBytes(position), false);
  }

  /** What is left when the file ends within a frame. */
  private long tornBytes(long position) {
    return position < sizeBytes ? sizeBytes - position : 0;
  }

  private boolean read(ByteBuffer buffer, long position) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining()) {
      if (log.read(buffer, position + buffer.position()) < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean headerIsWhole() {
    int magic = header.getInt(0);
    int pageBytes = header.getInt(8);
    if ((magic & ~1) != MAGIC || pageBytes < 512 || pageBytes > 65_536) {
      return false;
    }
    sumOrder = (magic & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    sum1 = 0;
    sum2 = 0;
    add(header, 0, 24);
    return sum1 == header.getInt(24) && sum2 == header.getInt(28);
  }

  private boolean sumFits(ByteBuffer frame) {
    add(frame, 0, 8);
    add(frame, FRAME_HEADER_BYTES, frame.capacity());
    return sum1 == frame.getInt(16) && sum2 == frame.getInt(20);
  }

  private void add(ByteBuffer bytes, int from, int to) {
    var words = bytes.duplicate().order(sumOrder);
    for (int i = from; i < to; i += 8) {
      sum1 += words.getInt(i) + sum2;
      sum2 += words.getInt(i + 4) + sum1;
    }
  }
}
