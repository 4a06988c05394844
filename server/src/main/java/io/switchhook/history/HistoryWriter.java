package io.switchhook.history;

import io.switchhook.history.HistoryStore.Forgotten;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what was observed, in batches, on a thread of its own. What waits is bounded: beyond
 * {@link #DETAILS_BYTES_MAX} attempts go without their details, beyond {@link #WAITING_BYTES_MAX}
 * nothing is taken. A partition that lost more than details keeps its watermark, so that the next
 * start repairs it.
 */
public final class HistoryWriter implements AutoCloseable {
  /** While more than this waits, attempts and answers are shed. */
  public static final long DETAILS_BYTES_MAX = 24L << 20;

  /** While more than this waits, everything is shed. */
  public static final long WAITING_BYTES_MAX = 48L << 20;

  static final int BATCH_SIZE_MAX = 65_536;

  /** A batch that holds this much waits for nothing more. */
  static final long BATCH_BYTES_MAX = 8L << 20;

  // Long enough for what belongs together to be written once, short enough for nobody to notice.
  private static final long LINGER_MILLIS = 40;

  // While so much comes in one linger, a batch goes on for more of them: what is written together
  // is cheap.
  private static final int BUSY_COUNT = 100;
  private static final int BUSY_LINGERS = 12;
  private static final Logger LOG = LoggerFactory.getLogger(HistoryWriter.class);

  private final HistoryStore store;
  private final Thread thread;
  private final LinkedBlockingQueue<Observed> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Set<Integer> holed = ConcurrentHashMap.newKeySet();
  private final LongAdder detailsShed = new LongAdder();
  private final LongAdder outcomesShed = new LongAdder();
  private final LongAdder failedWrites = new LongAdder();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Repair repair;
  private volatile Listener listener = _ -> {};
  private volatile boolean started;
  private boolean isRepaired; // The thread's own.

  /** Hears what was written. */
  @FunctionalInterface
  public interface Listener {
    /**
     * These changes were written, or could not be. Called on the writer's thread: must return at
     * once and never throw.
     */
    void written(List<Change> changes);
  }

  /** What is done before anything is written: {@link HistoryRepair} outside tests. */
  @FunctionalInterface
  public interface Repair {
    /**
     * Brings the store in line with the truth.
     *
     * @param isStopping asked often; when it says yes, the repair ends at once
     * @return false when it was ended early
     */
    boolean run(BooleanSupplier isStopping);
  }

  /**
   * A writer into this store; {@link #start} starts it.
   *
   * @param repair is run on the writer's thread before anything is written
   */
  public HistoryWriter(HistoryStore store, Repair repair) {
    this.store = store;
    this.repair = repair;
    this.thread = Thread.ofPlatform().name("history-writer").unstarted(this::run);
  }

  /** Names the one who hears what is written. To be called before {@link #start}. */
  public void listen(Listener who) {
    listener = who;
  }

  /** Starts writing. */
  public void start() {
    started = true;
    thread.start();
  }

  /** False while so much waits that attempts are taken without their details; counts those. */
  boolean hasRoomForDetails() {
    if (waitingBytes.get() <= DETAILS_BYTES_MAX) {
      return true;
    }
    detailsShed.increment();
    return false;
  }

  void add(int partition, Observed observed) {
    if (waitingBytes.get() > WAITING_BYTES_MAX) {
      if (!(observed instanceof Observed.Committed)) {
        outcomesShed.increment();
        holed.add(partition);
      }
      return;
    }
    waitingBytes.addAndGet(observed.weightBytes());
    waiting.add(observed);
  }

  /** Returns when everything that was observed before is written, or the writer has ended. */
  public void flush() throws InterruptedException {
    var flush = new Observed.Flush(new CountDownLatch(1));
    waitingBytes.addAndGet(flush.weightBytes());
    waiting.add(flush);
    while (thread.isAlive() && !flush.written().await(LINGER_MILLIS, TimeUnit.MILLISECONDS)) {
      // The thread may have ended in between: look again.
    }
  }

  /**
   * Forgets days when everything that was observed before is written; completes then, on the
   * writer's thread. See {@link HistoryStore#forgetBefore}.
   */
  public CompletionStage<Forgotten> forgetBefore(LocalDate day) {
    var forget = new Observed.Forget(day, new CompletableFuture<>());
    waitingBytes.addAndGet(forget.weightBytes());
    waiting.add(forget);
    return forget.forgotten();
  }

  /** How many attempts were written without their details. */
  public long detailsShed() {
    return detailsShed.sum();
  }

  /** How much else was not written, and waits for the next start's repair. */
  public long outcomesShed() {
    return outcomesShed.sum();
  }

  /** How many batches the store refused. */
  public long failedWrites() {
    return failedWrites.sum();
  }

  /** Bytes that wait to be written, roughly. */
  public long waitingBytes() {
    return waitingBytes.get();
  }

  private void run() {
    try {
      isRepaired = repaired();
      while (closing.getCount() > 0 || !waiting.isEmpty()) {
        writeBatch(nextBatch());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable bug) { // The top of a thread: history ends, delivery goes on.
      LOG.atError().setCause(bug).addKeyValue("waiting", waiting.size()).log("history.ended");
    }
  }

  private boolean repaired() {
    try {
      return repair.run(() -> closing.getCount() == 0);
    } catch (Throwable failure) { // The top of a unit of work: new history is written all the same.
      LOG.atWarn().setCause(failure).log("history.repair_failed: repaired at the next start");
      return false;
    }
  }

  private List<Observed> nextBatch() throws InterruptedException {
    var batch = new ArrayList<Observed>();
    var head = waiting.poll(1, TimeUnit.SECONDS);
    if (head == null) {
      return batch;
    }
    batch.add(head);
    boolean isAwaited = head instanceof Observed.Flush;
    int lingers = 0;
    while (!isAwaited && goesOn(batch, lingers)) {
      closing.await(LINGER_MILLIS, TimeUnit.MILLISECONDS);
      lingers++;
      int before = batch.size();
      waiting.drainTo(batch, BATCH_SIZE_MAX - before);
      isAwaited = isAwaited(batch.subList(before, batch.size()));
    }
    waiting.drainTo(batch, BATCH_SIZE_MAX - batch.size());
    return batch;
  }

  private boolean goesOn(List<Observed> batch, int lingers) {
    if (lingers == 0) {
      return true;
    }
    return lingers < BUSY_LINGERS
        && batch.size() > lingers * BUSY_COUNT
        && batch.size() < BATCH_SIZE_MAX
        && waitingBytes.get() < BATCH_BYTES_MAX
        && closing.getCount() > 0;
  }

  private static boolean isAwaited(List<Observed> some) {
    for (var one : some) {
      if (one instanceof Observed.Flush || one instanceof Observed.Forget) {
        return true;
      }
    }
    return false;
  }

  private void writeBatch(List<Observed> batch) {
    if (batch.isEmpty()) {
      return;
    }
    var changes = new ArrayList<Change>(2 * batch.size());
    var watermarks = new HashMap<Integer, Long>();
    var flushes = new ArrayList<Observed.Flush>();
    var forgets = new ArrayList<Observed.Forget>();
    long bytes = 0;
    for (var observed : batch) {
      bytes += observed.weightBytes();
      switch (observed) {
        case Observed.Routed(var event, var wanted, var disabled) ->
            changes.addAll(Changes.ofRouting(event, wanted, disabled));
        case Observed.Tried(var report, _) ->
            changes.add(Changes.ofAttempt(report, AttemptRows.of(report, /* target= */ null)));
        case Observed.Ready(var change, _) -> changes.add(change);
        case Observed.Committed(int partition, long watermark) ->
            watermarks.put(partition, watermark);
        case Observed.Forget forget -> forgets.add(forget);
        case Observed.Flush flush -> flushes.add(flush);
      }
    }
    write(changes, watermarks);
    listener.written(changes);
    forgets.forEach(this::forget);
    waitingBytes.addAndGet(-bytes);
    flushes.forEach(flush -> flush.written().countDown());
  }

  @SuppressWarnings("CatchingUnchecked")
  private void write(List<Change> changes, Map<Integer, Long> watermarks) {
    try {
      store.write(changes);
      // A hole may lie below any watermark that came after it.
      watermarks.keySet().removeAll(holed);
      if (!watermarks.isEmpty() && isRepaired) {
        store.writeWatermarks(watermarks);
      }
    } catch (HistoryException e) {
      lost(changes);
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("changes", changes.size())
          .log("history.write_failed: repaired at the next start");
    } catch (RuntimeException bug) { // One batch's mistake must not end all history.
      lost(changes);
      LOG.atError()
          .setCause(bug)
          .addKeyValue("changes", changes.size())
          .log("history.write_failed: repaired at the next start");
    }
  }

  @SuppressWarnings("CatchingUnchecked") // Whoever asked hears it.
  private void forget(Observed.Forget forget) {
    try {
      forget.forgotten().complete(store.forgetBefore(forget.day()));
    } catch (RuntimeException failure) {
      forget.forgotten().completeExceptionally(failure);
    }
  }

  private void lost(List<Change> changes) {
    failedWrites.increment();
    changes.forEach(change -> holed.add(change.event().partition()));
  }

  /**
   * Ends the repair early, writes what waits, then ends. Does not close the store. Safe to call
   * twice and unstarted.
   */
  @Override
  public void close() {
    closing.countDown();
    if (!started) {
      return;
    }
    // Wakes the thread: it may be waiting for something to write.
    waiting.add(new Observed.Flush(new CountDownLatch(1)));
    var interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
