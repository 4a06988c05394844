package io.switchhook.target;

import io.switchhook.target.Outcome.Reason;
import io.switchhook.target.Outcome.Unreachable;
import io.switchhook.target.address.AddressGate;
import io.switchhook.target.address.TargetUrl;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/*
 * Receivers' servers through the HTTP client of Vert.x.
 *
 * The client is kept from being clever: HTTP/1.1 only, no redirects, no proxy, no cookies, no
 * decompression, no alternative services, and no look-up of names. It connects to the very address
 * that the gate has checked, while Host, SNI and the certificate's name stay those of the URL. A
 * pooled connection belongs to one address, and the gate is asked again for every attempt.
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
/** Makes attempts with the HTTP client of Vert.x. */
public final class VertxTarget implements Target {
  static final int CONNECT_MILLIS_MAX = 5_000;
  private static final int HEADER_BYTES_MAX = 32 * 1024;
  private static final int CONNECTIONS_PER_ADDRESS_MAX = 128;
  private static final int WAITING_PER_ADDRESS_MAX = 1_000;
  private static final int IDLE_SECONDS_MAX = 15;

  private final Vertx vertx;
  private final AddressGate gate;
  private final InstantSource wallClock;
  private final LongSupplier nanoClock;
  private final HttpClient keptAlive;
  private final HttpClient fresh;
  private final ConcurrentMap<HttpConnection, AtomicInteger> usesOfConnections =
      new ConcurrentHashMap<>();

  /**
   * Connects to what {@code gate} admits and trusts the certificate authorities of the platform.
   *
   * @param wallClock for dates in {@code Retry-After}
   * @param nanoClock for how long attempts take; {@code System::nanoTime} outside tests
   */
  public VertxTarget(
      Vertx vertx, AddressGate gate, InstantSource wallClock, LongSupplier nanoClock) {
    this(new Surroundings(vertx, gate, wallClock, nanoClock), null);
  }

  /** With certificate authorities of one's own, when {@code trust} is not null. */
  VertxTarget(Surroundings surroundings, @Nullable TrustOptions trust) {
    this.vertx = surroundings.vertx;
    this.gate = surroundings.gate;
    this.wallClock = surroundings.wallClock;
    this.nanoClock = surroundings.nanoClock;
    this.keptAlive = client(options().setKeepAliveTimeout(IDLE_SECONDS_MAX), trust);
    this.fresh = client(options().setKeepAlive(false), trust);
  }

  /** What an attempt needs beside its request. */
  record Surroundings(
      Vertx vertx, AddressGate gate, InstantSource wallClock, LongSupplier nanoClock) {}

  @Override
  public void attempt(OutgoingRequest request, Consumer<Outcome> done) {
    var context = vertx.getOrCreateContext();
    switch (TargetUrl.of(request.url())) {
      case TargetUrl.Usable(var url) -> {
        var exchange = new Exchange(this, new Exchange.Order(context, url, request, done));
        context.runOnContext(_ -> exchange.start());
      }
      case TargetUrl.Unusable(var words) -> {
        var outcome =
            new Unreachable(Reason.FORBIDDEN_ADDRESS, "nothing was sent: " + words, Duration.ZERO);
        context.runOnContext(_ -> done.accept(outcome));
      }
    }
  }

  @Override
  public void close() {
    keptAlive.close();
    fresh.close();
  }

  Vertx vertx() {
    return vertx;
  }

  AddressGate gate() {
    return gate;
  }

  InstantSource wallClock() {
    return wallClock;
  }

  long nanos() {
    return nanoClock.getAsLong();
  }

  HttpClient client(Pooling pooling) {
    return switch (pooling) {
      case KEPT_ALIVE -> keptAlive;
      case FRESH -> fresh;
    };
  }

  /** Which connections an exchange may use. */
  enum Pooling {
    /** One that is open already, or a new one. */
    KEPT_ALIVE,
    /** A new one, closed after the answer. */
    FRESH
  }

  /** Notes that the connection is used; true when it has been used before, or is closed again. */
  boolean isReused(HttpConnection connection) {
    var uses = usesOfConnections.get(connection);
    return uses == null || uses.getAndIncrement() > 0;
  }

  /** How many connections are open; for tests. */
  int openConnections() {
    return usesOfConnections.size();
  }

  private HttpClient client(HttpClientOptions options, @Nullable TrustOptions trust) {
    var tls =
        new ClientSSLOptions()
            .setHostnameVerificationAlgorithm("HTTPS")
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
            .setSslHandshakeTimeout(CONNECT_MILLIS_MAX)
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    if (trust != null) {
      tls.setTrustOptions(trust);
    }
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(tls)
        .with(
            new PoolOptions()
                .setHttp1MaxSize(CONNECTIONS_PER_ADDRESS_MAX)
                .setMaxWaitQueueSize(WAITING_PER_ADDRESS_MAX))
        .withConnectHandler(this::onConnection)
        .build();
  }

  private void onConnection(HttpConnection connection) {
    usesOfConnections.put(connection, new AtomicInteger());
    // Each exchange hears of it and says it in its outcome; by default Vert.x logs it as an error.
    connection.exceptionHandler(_ -> {});
    connection.closeHandler(_ -> usesOfConnections.remove(connection));
  }

  private static HttpClientOptions options() {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setConnectTimeout(CONNECT_MILLIS_MAX)
        .setMaxHeaderSize(HEADER_BYTES_MAX)
        .setDecompressionSupported(false)
        .setVerifyHost(true);
  }
}
