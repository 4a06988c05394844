package io.switchhook.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a client and a server of loopback, and may cut what is between them. */
final class Relay implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final int to;

  Relay(int to) throws IOException {
    this.to = to;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Cuts all connections; new ones may be made. */
  void cut() {
    sockets.forEach(Relay::close);
    sockets.clear();
  }

  private void accept() {
    try {
      while (true) {
        var client = listening.accept();
        var server = new Socket(InetAddress.getLoopbackAddress(), to);
        sockets.add(client);
        sockets.add(server);
        pump(client.getInputStream(), server.getOutputStream());
        pump(server.getInputStream(), client.getOutputStream());
      }
    } catch (IOException _) {
      cut(); // It was closed.
    }
  }

  private static void pump(InputStream from, OutputStream to) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (from;
                  to) {
                from.transferTo(to);
              } catch (IOException _) {
                // The connection was cut, which is what this is for.
              }
            });
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is of no use any more.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }
}
