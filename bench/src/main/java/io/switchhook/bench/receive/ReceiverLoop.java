package io.switchhook.bench.receive;

import io.switchhook.bench.receive.Listener.Telling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One thread that serves several receivers. */
final class ReceiverLoop {
  private static final int IN_BYTES = 64 * 1024;
  private static final int BACKLOG = 4_096;
  private static final long SELECT_MILLIS_MAX = 1_000;

  private final ByteBuffer taken = answer("200 OK");
  private final ByteBuffer[] failed = {
    answer("503 Service Unavailable"), answer("500 Internal Server Error")
  };

  private final Selector selector;
  private final Listener listener;
  private final RandomGenerator random;
  private final List<ServerSocketChannel> doors = new ArrayList<>();
  private final PriorityQueue<Late> late =
      new PriorityQueue<>((one, other) -> Long.compare(one.atNanos - other.atNanos, 0));
  private final ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES);
  private final Heard heard = new Heard();
  private final Histogram turnMicros = new Histogram(3);
  private final Thread thread;
  private int failures;
  private long lookedAt;
  private volatile boolean stopping;
  private volatile @Nullable Throwable failure;

  /** A receiver: its mood may change at any time. */
  static final class Receiver {
    volatile Mood mood;
    final int port;

    Receiver(Mood mood, int port) {
      this.mood = mood;
      this.port = port;
    }
  }

  /** An answer that waits. */
  private record Late(long atNanos, Inbound to, Telling telling) {}

  ReceiverLoop(String name, Listener listener, RandomGenerator random) throws IOException {
    this.selector = Selector.open();
    this.listener = listener;
    this.random = random;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  private static ByteBuffer answer(String status) {
    var text = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n";
    var bytes = text.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /** Opens one more receiver, before the start. */
  Receiver open(Mood mood) throws IOException {
    var door = ServerSocketChannel.open();
    doors.add(door);
    door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    door.configureBlocking(false);
    var receiver = new Receiver(mood, door.socket().getLocalPort());
    door.register(selector, SelectionKey.OP_ACCEPT, receiver);
    return receiver;
  }

  void start() {
    thread.start();
  }

  long threadId() {
    return thread.threadId();
  }

  @Nullable Throwable failure() {
    return failure;
  }

  Histogram turnMicros() {
    return turnMicros;
  }

  private void run() {
    try {
      while (!stopping) {
        lookedAt = 0;
        var found = selector.select(this::ready, patience());
        answerLate();
        if (found > 0) {
          turnMicros.recordValue((System.nanoTime() - lookedAt) / 1_000);
        }
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
    } finally {
      closeAll();
    }
  }

  private long patience() {
    var next = late.peek();
    if (next == null) {
      return SELECT_MILLIS_MAX;
    }
    return Math.clamp((next.atNanos - System.nanoTime()) / 1_000_000, 1, SELECT_MILLIS_MAX);
  }

  private void ready(SelectionKey key) {
    if (lookedAt == 0) {
      lookedAt = System.nanoTime();
    }
    if (!key.isValid()) {
      return;
    }
    try {
      if (key.attachment() instanceof Inbound inbound) {
        hear(inbound);
      } else {
        accept(key);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(SelectionKey key) throws IOException {
    var accepted = ((ServerSocketChannel) key.channel()).accept();
    if (accepted != null) {
      accepted.configureBlocking(false);
      accepted.socket().setTcpNoDelay(true);
      var inbound = new Inbound(accepted, (Receiver) key.attachment());
      accepted.register(selector, SelectionKey.OP_READ, inbound);
    }
  }

  private void hear(Inbound inbound) throws IOException {
    try {
      if (!inbound.read(in)) {
        inbound.close();
        return;
      }
      while (inbound.reader().next(heard)) {
        listener.heard(heard);
        treat(inbound);
      }
      if (inbound.reader().isBroken()) {
        listener.unreadable("what came is no webhook request");
        inbound.close();
      }
    } catch (IOException _) {
      inbound.close(); // its sender has gone
    }
  }

  private void treat(Inbound inbound) throws IOException {
    switch (inbound.receiver().mood) {
      case Mood.Well _ -> take(inbound, telling());
      case Mood.Failing(double share) -> {
        if (random.nextDouble() < share) {
          inbound.write(failed[failures++ & 1].rewind());
        } else {
          take(inbound, telling());
        }
      }
      case Mood.Slow(var after) ->
          late.add(new Late(System.nanoTime() + after.toNanos(), inbound, telling()));
      case Mood.Silent _ -> {
        // That is what it does.
      }
    }
  }

  private Telling telling() {
    return new Telling(heard.webhook(), heard.traffic(), heard.ordinal(), heard.isReplay());
  }

  private void answerLate() throws IOException {
    for (var next = late.peek();
        next != null && next.atNanos - System.nanoTime() <= 0;
        next = late.peek()) {
      late.remove();
      try {
        take(next.to, next.telling);
      } catch (IOException _) {
        next.to.close();
      }
    }
  }

  /** It counts as told before the answer is out: the sender may act on it at once. */
  private void take(Inbound inbound, Telling telling) throws IOException {
    if (inbound.isOpen()) {
      listener.took(telling);
      inbound.write(taken.rewind());
    }
  }

  private void closeAll() {
    try {
      for (var key : selector.keys()) {
        key.channel().close();
      }
      for (var door : doors) {
        door.close();
      }
      selector.close();
    } catch (IOException e) {
      failure = e;
    }
  }

  void close() {
    stopping = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
