package io.switchhook.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A kept-alive connection to the server with requests one behind the other. When it is lost, a new
 * one is made and every request that was not answered is sent again, in order.
 */
final class Connection {
  private static final int OUT_BYTES = 64 * 1024;
  private static final long PAUSE_NANOS = 20_000_000;

  private final Generator generator;
  private final Selector selector;
  private final Unanswered unanswered = new Unanswered();
  private final AnswerReader answers = new AnswerReader();
  private final Answers.Entry entry = new Answers.Entry();
  private ByteBuffer out = ByteBuffer.allocateDirect(OUT_BYTES);
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private boolean connected;
  private int interest;
  private long tryAgainAt = Long.MIN_VALUE;

  Connection(Generator generator, Selector selector) {
    this.generator = generator;
    this.selector = selector;
  }

  void add(Sending sending, long request) {
    unanswered.add(sending.traffic().number(), request);
  }

  /** True when something waits to be written, so that it is known to have work. */
  boolean hasUnwritten() {
    return unanswered.hasUnwritten();
  }

  /** Opens the connection when there is none, and writes what there is room for. */
  void pump(long now) throws IOException {
    if (channel == null) {
      if (now >= tryAgainAt) {
        open(now);
      } else {
        generator.lostConnection(this); // so that it is tried again then
      }
      return;
    }
    if (connected) {
      try {
        write();
      } catch (IOException _) {
        lost(now);
      }
    }
  }

  boolean isOpen() {
    return channel != null;
  }

  private void open(long now) throws IOException {
    var opened = SocketChannel.open();
    channel = opened;
    opened.configureBlocking(false);
    opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
    interest = SelectionKey.OP_CONNECT;
    key = opened.register(selector, interest, this);
    try {
      if (opened.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), generator.port()))) {
        connected();
      } else {
        generator.lookSoon();
      }
    } catch (IOException _) {
      lost(now);
    }
  }

  private void connected() {
    connected = true;
    out.clear();
    answers.clear();
    interestedIn(SelectionKey.OP_READ);
  }

  private void interestedIn(int operations) {
    if (interest != operations && key != null && key.isValid()) {
      interest = operations;
      key.interestOps(operations);
    }
  }

  /** Does what the selector says is possible. */
  void ready(ByteBuffer in, long now) throws IOException {
    var open = channel;
    var ready = key;
    if (open == null || ready == null || !ready.isValid()) {
      return;
    }
    try {
      if (ready.isConnectable()) {
        open.finishConnect();
        connected();
      }
      if (ready.isReadable()) {
        read(open, in);
      }
      if (connected) {
        write();
      }
    } catch (IOException _) {
      lost(now);
    }
  }

  private void read(SocketChannel open, ByteBuffer in) throws IOException {
    in.clear();
    if (open.read(in) < 0) {
      throw new IOException("closed");
    }
    answers.add(in.flip());
    while (unanswered.hasWritten() && answers.next()) {
      var answered = unanswered.answered();
      var sending = generator.sending(Unanswered.trafficOf(answered));
      tell(sending, Unanswered.requestOf(answered));
      sending.gotAnswer();
    }
  }

  private void tell(Sending sending, long request) {
    var traffic = sending.traffic();
    if (answers.status() != 202) {
      generator.answers().refused(traffic, request, answers.status());
      return;
    }
    var ordinal = request * traffic.batch();
    while (answers.nextEntry(entry)) {
      generator.answers().accepted(traffic, ordinal, entry);
      ordinal++;
    }
    if (ordinal != (request + 1) * traffic.batch()) {
      throw new IllegalStateException(
          "The server named other events than were sent: " + answers.body());
    }
    generator.answers().accepted(traffic, request);
  }

  private void write() throws IOException {
    var open = channel;
    if (open == null) {
      return;
    }
    do {
      fill();
      if (out.position() == 0) {
        interestedIn(SelectionKey.OP_READ);
        return;
      }
      open.write(out.flip());
      out.compact();
    } while (out.position() == 0);
    interestedIn(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    generator.lookSoon();
  }

  private void fill() {
    while (unanswered.hasUnwritten()) {
      var next = unanswered.unwritten();
      var sending = generator.sending(Unanswered.trafficOf(next));
      if (out.capacity() < sending.lengthMax()) {
        out = ByteBuffer.allocateDirect(sending.lengthMax() * 2).put(out.flip());
      }
      if (out.remaining() < sending.lengthMax()) {
        return;
      }
      sending.write(out, Unanswered.requestOf(next));
      unanswered.wrote();
    }
  }

  private void lost(long now) throws IOException {
    close();
    unanswered.lost();
    tryAgainAt = now + PAUSE_NANOS;
    generator.lostConnection(this);
  }

  boolean hasWork() {
    return unanswered.count() > 0;
  }

  void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
    channel = null;
    key = null;
    connected = false;
  }
}
