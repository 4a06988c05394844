package io.switchhook.bench.receive;

import io.switchhook.bench.receive.ReceiverLoop.Receiver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A connection that the server opened to a receiver. */
final class Inbound {
  private final SocketChannel channel;
  private final Receiver receiver;
  private final RequestReader reader = new RequestReader();

  Inbound(SocketChannel channel, Receiver receiver) {
    this.channel = channel;
    this.receiver = receiver;
  }

  Receiver receiver() {
    return receiver;
  }

  RequestReader reader() {
    return reader;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** Reads what is there; false at the end of the connection. */
  boolean read(ByteBuffer in) throws IOException {
    in.clear();
    var length = channel.read(in);
    var now = System.nanoTime();
    if (length < 0) {
      return false;
    }
    reader.add(in.flip(), now);
    return true;
  }

  /** Writes an answer. It is short: when there is no room for it, the sender does not read. */
  void write(ByteBuffer answer) throws IOException {
    channel.write(answer);
    if (answer.hasRemaining()) {
      throw new IOException("no room for an answer");
    }
  }

  void close() throws IOException {
    channel.close();
  }
}
