package io.switchhook.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Sends traffic at the times of its schedule, also when the server does not answer: an open loop.
 * One thread; it also reads the answers. What could not be written yet waits as a number.
 */
public final class Generator implements AutoCloseable {
  /** Between two looks at the clock; what is due in between goes out together. */
  private static final long TURN_NANOS = 500_000;

  /**
   * Between two looks at the answers. Nothing is measured of them, so they may wait, and what came
   * on one connection meanwhile is read at once.
   */
  private static final long LOOK_NANOS = 20_000_000;

  private static final int IN_BYTES = 256 * 1024;
  private static final int TRAFFICS_MAX = 256;

  private final Place place;
  private final Answers answers;
  private final Selector selector;
  private final List<Connection> connections = new ArrayList<>();
  private final AtomicReferenceArray<@Nullable Sending> sendings =
      new AtomicReferenceArray<>(TRAFFICS_MAX);
  private final List<Sending> active = new ArrayList<>();
  private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final List<Connection> touched = new ArrayList<>();
  private final List<Connection> lost = new ArrayList<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES);
  private final Histogram latenessMicros = new Histogram(3);
  private final Thread thread;
  private long lookAt = System.nanoTime();
  private volatile @Nullable Throwable failure;
  private volatile boolean stopping;
  private volatile int port;

  /**
   * Where the server is, and who may send.
   *
   * @param connections how many
   */
  public record Place(int port, String key, int connections) {}

  private Generator(Place place, Answers answers) throws IOException {
    this.place = place;
    this.port = place.port();
    this.answers = answers;
    this.selector = Selector.open();
    for (var i = 0; i < place.connections(); i++) {
      connections.add(new Connection(this, selector));
    }
    this.thread = Thread.ofPlatform().daemon().name("generator").unstarted(this::run);
  }

  /** A generator that waits for traffic. */
  public static Generator start(Place place, Answers answers) throws IOException {
    var generator = new Generator(place, answers);
    generator.thread.start();
    return generator;
  }

  /** Begins to send, a moment from now. */
  public Sending send(Traffic traffic, long beginNanos) {
    var epochMillis = System.currentTimeMillis() + (beginNanos - System.nanoTime()) / 1_000_000;
    var sending = new Sending(traffic, place.key(), beginNanos, epochMillis);
    sendings.set(traffic.number(), sending);
    tell(() -> active.add(sending));
    return sending;
  }

  /** Sends nothing more of it. */
  public void stop(Sending sending) {
    tell(sending::stop);
  }

  /** The server is elsewhere now. */
  public void movedTo(int newPort) {
    port = newPort;
  }

  private void tell(Runnable command) {
    commands.add(command);
    LockSupport.unpark(thread);
  }

  /** The thread that does it all. */
  public long threadId() {
    return thread.threadId();
  }

  /** Why it ended before it was closed; null while it has not. */
  public @Nullable Throwable failure() {
    return failure;
  }

  /** How late requests were handed to their connections, in microseconds. Read it after closing. */
  public Histogram latenessMicros() {
    return latenessMicros;
  }

  int port() {
    return port;
  }

  Answers answers() {
    return answers;
  }

  Sending sending(int traffic) {
    var sending = sendings.get(traffic);
    if (sending == null) {
      throw new IllegalStateException("There is no traffic " + traffic + ".");
    }
    return sending;
  }

  /** A connection has nobody at its other end; it is opened again after a while. */
  void lostConnection(Connection connection) {
    if (!lost.contains(connection)) {
      lost.add(connection);
    }
  }

  /** A connection is being made, or can take no more: what comes of that must not wait. */
  void lookSoon() {
    lookAt = System.nanoTime();
  }

  private void run() {
    try {
      while (!stopping) {
        for (var command = commands.poll(); command != null; command = commands.poll()) {
          command.run();
        }
        turn();
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
    } finally {
      closeAll();
    }
  }

  private void turn() throws IOException {
    var now = System.nanoTime();
    var due = handOver(now);
    pump(now);
    if (now - lookAt >= 0) {
      lookAt = now + LOOK_NANOS;
      selector.selectNow(this::answer);
    }
    var next = lookAt - due < 0 ? lookAt : due;
    LockSupport.parkNanos(Math.max(next - System.nanoTime(), TURN_NANOS));
  }

  /** Hands over what is due, and returns when the next is. */
  private long handOver(long now) {
    var next = now + LOOK_NANOS;
    var isDone = false;
    for (var i = 0; i < active.size(); i++) {
      var sending = active.get(i);
      while (!sending.isHanded()) {
        var due = sending.dueNanos(sending.handed());
        if (due - now > 0) {
          next = Math.min(next, due);
          break;
        }
        hand(sending);
        latenessMicros.recordValue((now - due) / 1_000);
      }
      isDone |= sending.isHanded();
    }
    if (isDone) {
      active.removeIf(Sending::isHanded);
    }
    return next;
  }

  private void hand(Sending sending) {
    var request = sending.take();
    var strand = sending.traffic().strandOf(request) + sending.traffic().number();
    var connection = connections.get((int) (strand % connections.size()));
    if (!connection.hasUnwritten()) {
      touched.add(connection);
    }
    connection.add(sending, request);
    answers.sent(sending.traffic(), request);
  }

  private void pump(long now) throws IOException {
    for (var i = 0; i < touched.size(); i++) {
      touched.get(i).pump(now);
    }
    touched.clear();
    if (!lost.isEmpty()) {
      pumpLost(now);
    }
  }

  private void pumpLost(long now) throws IOException {
    for (var connection : List.copyOf(lost)) {
      if (connection.hasWork()) {
        connection.pump(now);
      }
      if (connection.isOpen() || !connection.hasWork()) {
        lost.remove(connection);
      }
    }
  }

  private void answer(SelectionKey key) {
    try {
      ((Connection) key.attachment()).ready(in, System.nanoTime());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void closeAll() {
    try {
      for (var connection : connections) {
        connection.close();
      }
      selector.close();
    } catch (IOException e) {
      if (failure == null) {
        failure = e;
      }
    }
  }

  /** Ends at once; what is not answered stays so. */
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
