package io.switchhook.target.netty;

import io.switchhook.target.Outcome.Reason;
import io.switchhook.target.netty.Failures.Failure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop to one address, and the exchanges that wait for one. */
final class Pool {
  static final int CONNECTIONS_MAX = 128;
  static final int WAITING_MAX = 1_000;

  private final Loop loop;
  private final Key key;

  /** The one that was used last comes first: what is not needed grows old and is closed. */
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();

  private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
  private int open;

  /**
   * What connections must have in common to stand in for each other.
   *
   * @param tlsHost whose certificate was checked; empty without TLS
   */
  record Key(InetAddress address, int port, String tlsHost) {
    InetSocketAddress socketAddress() {
      return new InetSocketAddress(address, port);
    }

    boolean isTls() {
      return !tlsHost.isEmpty();
    }
  }

  Pool(Loop loop, Key key) {
    this.loop = loop;
    this.key = key;
  }

  Loop loop() {
    return loop;
  }

  Key key() {
    return key;
  }

  /**
   * Gives the exchange a connection: one that is open, or a new one, or one that another gives
   * back.
   */
  void connect(Exchange exchange) {
    var kept = takeIdle();
    if (kept != null) {
      exchange.onConnected(kept);
    } else if (open < CONNECTIONS_MAX) {
      connectAnew(exchange);
    } else if (waiting.size() < WAITING_MAX) {
      waiting.addLast(exchange);
    } else {
      exchange.onNoConnection(
          new Failure(
              Reason.NO_CONNECTION,
              "no connection to "
                  + exchange.peer()
                  + ": "
                  + WAITING_MAX
                  + " requests wait for one already"));
    }
  }

  /** Gives the exchange a new connection. Whoever asks so has just lost one, so there is room. */
  void connectAnew(Exchange exchange) {
    open++;
    loop.countConnection(1);
    var connection = new Connection(this, exchange);
    exchange.onConnecting(connection);
    connection.open();
  }

  /** The exchange does not wait any more. */
  void leave(Exchange exchange) {
    waiting.remove(exchange);
  }

  /** A connection can serve the next one. */
  void giveBack(Connection connection) {
    var next = waiting.pollFirst();
    if (next == null) {
      idle.push(connection);
    } else {
      next.onConnected(connection);
    }
  }

  /** A connection is closed; who waits may have its place after {@link #serve}. */
  void forget(Connection connection) {
    open--;
    loop.countConnection(-1);
    idle.remove(connection);
  }

  /** Opens connections for those who wait, as far as there is room. */
  void serve() {
    while (open < CONNECTIONS_MAX && !loop.isClosed()) {
      var next = waiting.pollFirst();
      if (next == null) {
        return;
      }
      connectAnew(next);
    }
  }

  /** Closes what was not used for too long. */
  void closeIdleSince(long now) {
    for (var oldest = idle.peekLast();
        oldest != null && oldest.isOld(now);
        oldest = idle.peekLast()) {
      oldest.close();
    }
  }

  /** Closes all that is not used. */
  void closeIdle() {
    for (var any = idle.peek(); any != null; any = idle.peek()) {
      any.close();
    }
  }

  /** True when there is no connection and nobody waits for one. */
  boolean isEmpty() {
    return open == 0 && waiting.isEmpty();
  }

  private @Nullable Connection takeIdle() {
    for (var next = idle.poll(); next != null; next = idle.poll()) {
      if (next.isUsable()) {
        return next;
      }
      next.close();
    }
    return null;
  }
}
