package io.switchhook.target.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A port whose queue of connections is full, so that one more is neither taken nor refused: the
 * kernel drops its first packet.
 */
final class DeafServer implements AutoCloseable {
  private static final int FILLERS_MAX = 64;
  private static final int FULL_AFTER_MILLIS = 100;

  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
  private final List<Socket> fillers = new ArrayList<>();

  DeafServer() throws IOException {
    for (var i = 0; i < FILLERS_MAX; i++) {
      var filler = new Socket();
      fillers.add(filler);
      try {
        filler.connect(listener.getLocalSocketAddress(), FULL_AFTER_MILLIS);
      } catch (java.net.SocketTimeoutException _) {
        return;
      }
    }
    throw new IllegalStateException("the queue of connections never filled");
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var filler : fillers) {
      filler.close();
    }
  }
}
