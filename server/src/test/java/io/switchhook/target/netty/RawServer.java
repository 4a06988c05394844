package io.switchhook.target.netty;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that does with its sockets whatever a test says. */
final class RawServer implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final ServerSocket listener;
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** What is done with one connection; the socket is closed after it. */
  interface Behaviour {
    void serve(Connection connection) throws IOException;
  }

  /** Each connection gets the next behaviour; the last repeats. */
  RawServer(ServerSocket listener, Behaviour... behaviours) {
    this.listener = listener;
    Thread.ofVirtual().start(() -> accept(List.of(behaviours)));
  }

  static RawServer plain(Behaviour... behaviours) {
    return onAddress("127.0.0.1", 0, behaviours);
  }

  static RawServer onAddress(String address, int port, Behaviour... behaviours) {
    try {
      return new RawServer(new ServerSocket(port, 50, InetAddress.ofLiteral(address)), behaviours);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers every request on a connection with this text, for as long as the client likes. */
  static Behaviour answering(String answer) {
    return connection -> {
      while (connection.readRequest()) {
        connection.write(answer);
      }
    };
  }

  int port() {
    return listener.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/hook";
  }

  /** The next request as it came, byte for byte (read as ISO 8859-1). */
  String nextRequest() throws InterruptedException {
    var request = requests.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (request == null) {
      throw new IllegalStateException("no request came");
    }
    return request;
  }

  int requestCount() {
    return requests.size();
  }

  int connectionCount() {
    return connections.get();
  }

  int openCount() {
    return open.get();
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    listener.close();
  }

  private void accept(List<Behaviour> behaviours) {
    var script = behaviours.iterator();
    var behaviour = script.next();
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        var chosen = behaviour;
        Thread.ofVirtual().start(() -> serve(socket, chosen));
        behaviour = next(script, behaviour);
      } catch (IOException _) {
        return;
      }
    }
  }

  private static Behaviour next(Iterator<Behaviour> script, Behaviour last) {
    return script.hasNext() ? script.next() : last;
  }

  private void serve(Socket socket, Behaviour behaviour) {
    connections.incrementAndGet();
    open.incrementAndGet();
    try (socket) {
      behaviour.serve(new Connection(socket, requests, closing));
    } catch (IOException _) {
      // The client went away, which is what many of these tests are about.
    } finally {
      open.decrementAndGet();
    }
  }

  /** One accepted connection. */
  static final class Connection {
    private final Socket socket;
    private final InputStream in;
    private final BlockingQueue<String> requests;
    private final CountDownLatch closing;

    Connection(Socket socket, BlockingQueue<String> requests, CountDownLatch closing)
        throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.requests = requests;
      this.closing = closing;
    }

    /** Reads a whole request and notes it; false when the client has closed. */
    boolean readRequest() throws IOException {
      var head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        var next = in.read();
        if (next < 0) {
          return false;
        }
        head.write(next);
      }
      var text = head.toString(StandardCharsets.ISO_8859_1);
      var body = in.readNBytes(contentLength(text));
      requests.add(text + new String(body, StandardCharsets.ISO_8859_1));
      return true;
    }

    void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }

    /** Says nothing more until the client has closed or the test is over. */
    void hold() throws IOException {
      socket.setSoTimeout(PATIENCE_SECONDS * 1_000);
      while (closing.getCount() > 0 && in.read() >= 0) {
        // What the client still sends does not matter.
      }
    }

    /** Writes this again and again until the client has closed or the test is over. */
    void repeat(String text) throws IOException {
      while (closing.getCount() > 0) {
        write(text);
      }
    }

    /** Writes one character after the other, with a pause between them. */
    void drip(String text, int pauseMillis) throws IOException {
      for (var i = 0; i < text.length(); i++) {
        write(text.substring(i, i + 1));
        try {
          if (closing.await(pauseMillis, TimeUnit.MILLISECONDS)) {
            return;
          }
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }

    /** Closes with a reset instead of an orderly end. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    private static int contentLength(String head) {
      for (var line : head.split("\r\n", -1)) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          return Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
        }
      }
      return 0;
    }
  }
}
