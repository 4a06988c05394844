package io.switchhook.target.netty;

import io.netty.channel.EventLoop;
import io.switchhook.target.Outcome;
import io.switchhook.target.OutgoingRequest;
import io.switchhook.target.Target;
import io.switchhook.target.address.AddressGate;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/*
 * Receivers' servers over bare Netty, on the event loops of Vert.x.
 *
 * It does nothing clever: HTTP/1.1 only, no redirects, no proxy, no cookies, no decompression, no
 * alternative services, and no look-up of names. It connects to the very address that the gate has
 * checked, while Host, SNI and the certificate's name stay those of the URL. A pooled connection
 * belongs to one address, and the gate is asked again for every attempt.
 *
 * Each event loop has everything of its own: connections, those who wait for one, deadlines. An
 * attempt stays on the loop of whoever asks, so nothing needs a lock, and the pools' limits count
 * for each loop.
 *
 * A kept-alive connection may be closed by the receiver at the moment at which it is used. Then no
 * status line comes, and nobody knows whether the request was read. The attempt is made again at
 * once, one time, on a new connection, within the same deadline: waiting for the schedule's first
 * pause would delay a screen pop by a second for nothing, and a receiver that did read the first
 * one sees a repeat with the same webhook-id, as at-least-once allows. A connection that was new is
 * not tried again: its loss says something of the receiver.
 *
 * A 2xx is told as soon as its body has ended, but waits for it at most a second: the body is only
 * for people to look at.
 */
/** Makes attempts with Netty. */
public final class NettyTarget implements Target {
  private static final int CLOSING_SECONDS_MAX = 5;

  private final VertxInternal vertx;
  private final Loop.Parts parts;
  private final ConcurrentMap<EventLoop, Loop> loops = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * Connects to what {@code gate} admits and trusts the certificate authorities of the platform.
   *
   * @param wallClock for dates in {@code Retry-After}
   * @param nanoClock for deadlines and how long attempts take; {@code System::nanoTime}
   */
  public NettyTarget(
      Vertx vertx, AddressGate gate, InstantSource wallClock, LongSupplier nanoClock) {
    this(new Surroundings(vertx, gate, wallClock, nanoClock), null);
  }

  /** With certificate authorities of one's own, when {@code trust} is not null. */
  NettyTarget(Surroundings surroundings, @Nullable TrustManagerFactory trust) {
    this.vertx = (VertxInternal) surroundings.vertx;
    this.parts =
        new Loop.Parts(
            surroundings,
            new Tls(trust),
            vertx.transport().channelFactory(/* domainSocket= */ false));
  }

  /** What an attempt needs beside its request. */
  record Surroundings(
      Vertx vertx, AddressGate gate, InstantSource wallClock, LongSupplier nanoClock) {}

  @Override
  public void attempt(OutgoingRequest request, Consumer<Outcome> done) {
    var context = vertx.getOrCreateContext();
    loop(context.nettyEventLoop()).attempt(context, request, done);
  }

  /** Ends what is under way and returns when all connections are closed. */
  @Override
  public void close() {
    closed = true;
    for (var loop : loops.values()) {
      try {
        var ended = loop.eventLoop().submit(loop::close);
        if (loops.keySet().stream().noneMatch(EventLoop::inEventLoop)) {
          ended.awaitUninterruptibly(CLOSING_SECONDS_MAX, TimeUnit.SECONDS);
        }
      } catch (RejectedExecutionException _) {
        // The event loop has ended, and its connections with it.
      }
    }
  }

  /** How many connections are open or being opened; for tests. */
  int openConnections() {
    return loops.values().stream().mapToInt(Loop::openConnections).sum();
  }

  private Loop loop(EventLoop eventLoop) {
    var known = loops.get(eventLoop);
    return known == null
        ? loops.computeIfAbsent(eventLoop, it -> new Loop(it, parts, () -> closed))
        : known;
  }
}
