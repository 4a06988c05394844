package io.switchhook.source.asterisk.line;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between the thread that reads the line and the one that maps what was said: in order, bounded in
 * memory, and what is beyond goes to a file. The phone system closes a line that is not read, so
 * the reader waits only when the file is full or cannot be written.
 *
 * <p>Nothing of the file outlives the process: after a restart a snapshot says what goes on.
 */
public final class SpillQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpillQueue.class);
  private static final int LENGTH_BYTES = 4;

  /**
   * How much may wait.
   *
   * @param itemsInMemory a message of an event takes about 2 KB
   */
  public record Limits(int itemsInMemory, long bytesInFile) {
    /** What is usual. */
    public static final Limits STANDARD = new Limits(10_000, 1L << 30);
  }

  private final Path file;
  private final Limits limits;
  private final FileChannel spill;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // All guarded by lock.
  private final ArrayDeque<Heard> memory = new ArrayDeque<>();
  private long readAt;
  private long writeAt;
  private long spilled;
  private boolean fileFails;
  private boolean waits;
  private boolean closed;

  /** A queue over this file, which is emptied. */
  public SpillQueue(Path file, Limits limits) throws IOException {
    this.file = file;
    this.limits = limits;
    this.spill =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
  }

  /** Adds to the end; waits when there is no room. After closing it takes nothing more. */
  void put(Heard heard) throws InterruptedException {
    lock.lock();
    try {
      while (!closed && !takes(heard)) {
        waits = true;
        changed.await(1, TimeUnit.SECONDS);
      }
      waits = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean takes(Heard heard) {
    // Behind what is in the file comes only the file: order.
    if (readAt == writeAt && memory.size() < limits.itemsInMemory()) {
      memory.add(heard);
      return true;
    }
    return spills(HeardCodec.bytes(heard));
  }

  private boolean spills(byte[] bytes) {
    if (writeAt + LENGTH_BYTES + bytes.length > limits.bytesInFile()) {
      return false;
    }
    try {
      var buffer = ByteBuffer.allocate(LENGTH_BYTES + bytes.length);
      buffer.putInt(bytes.length).put(bytes).flip();
      long at = writeAt;
      while (buffer.hasRemaining()) {
        at += spill.write(buffer, at);
      }
      writeAt = at;
      spilled++;
      fileFails = false;
      return true;
    } catch (IOException e) {
      if (!fileFails) {
        LOG.atWarn().addKeyValue("file", file.getFileName()).setCause(e).log("source.spill_failed");
      }
      fileFails = true;
      return false;
    }
  }

  /** The first, taken out; empty when there is none within the time, or when closed and empty. */
  public Optional<Heard> poll(long millis) throws InterruptedException {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (memory.isEmpty() && readAt == writeAt && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      if (memory.isEmpty()) {
        refill();
      }
      changed.signalAll();
      return Optional.ofNullable(memory.poll());
    } finally {
      lock.unlock();
    }
  }

  private void refill() {
    try {
      while (readAt < writeAt && memory.size() < limits.itemsInMemory()) {
        var length = read(readAt, LENGTH_BYTES).getInt();
        memory.add(HeardCodec.heard(read(readAt + LENGTH_BYTES, length).array()));
        readAt += LENGTH_BYTES + length;
      }
      if (readAt == writeAt && writeAt > 0) {
        spill.truncate(0);
        readAt = 0;
        writeAt = 0;
        spilled = 0;
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("what was spilled cannot be read back: " + file, e);
    }
  }

  private ByteBuffer read(long from, int length) throws IOException {
    var buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (spill.read(buffer, from + buffer.position()) < 0) {
        throw new IOException("it ends early");
      }
    }
    return buffer.flip();
  }

  /** True when nothing waits. */
  public boolean isEmpty() {
    lock.lock();
    try {
      return memory.isEmpty() && readAt == writeAt;
    } finally {
      lock.unlock();
    }
  }

  /** How many wait in the file. */
  public long spilled() {
    lock.lock();
    try {
      return spilled;
    } finally {
      lock.unlock();
    }
  }

  /** True while the reader waits for room. */
  boolean isFull() {
    lock.lock();
    try {
      return waits;
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more; what is in it can still be taken out. */
  public void end() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    end();
    try {
      spill.close();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("source.spill_close_failed");
    }
  }
}
