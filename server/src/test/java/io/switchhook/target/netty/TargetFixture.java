package io.switchhook.target.netty;

import io.switchhook.target.FakeNames;
import io.switchhook.target.Outcome;
import io.switchhook.target.RequestComposer;
import io.switchhook.target.Shapes;
import io.switchhook.target.Telling;
import io.switchhook.target.Tellings;
import io.switchhook.target.address.AddressGate;
import io.switchhook.target.address.AllowedNetworks;
import io.switchhook.target.address.NameLookup;
import io.switchhook.target.netty.NettyTarget.Surroundings;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A target that may call loopback, and a composer, for tests. */
public final class TargetFixture implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();
  final NettyTarget target;
  private final AtomicLong aheadNanos = new AtomicLong();
  private final RequestComposer composer = new RequestComposer("dev");

  /** Names come from {@code names}; certificates are checked against {@code trust}, if given. */
  TargetFixture(NameLookup names, @Nullable TrustManagerFactory trust, String... allowed) {
    var gate = new AddressGate(names, AllowedNetworks.of(List.of(allowed)));
    var wallClock = InstantSource.fixed(Tellings.NOW);
    LongSupplier nanoClock = () -> System.nanoTime() + aheadNanos.get();
    target = new NettyTarget(new Surroundings(vertx, gate, wallClock, nanoClock), trust);
  }

  /** May call 127.0.0.0/8 by address. */
  public static TargetFixture onLoopback() {
    return new TargetFixture(new FakeNames(), null, "127.0.0.0/8");
  }

  /** Tells the sample in this shape and waits for what comes of it. */
  public Outcome attempt(Shapes shape) {
    return attempt(shape, Tellings.ofSample());
  }

  /** Tells this in this shape and waits for what comes of it. */
  public Outcome attempt(Shapes shape, Telling telling) {
    return start(shape, telling).orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** So much time passes at once for the target. */
  void pass(Duration time) {
    aheadNanos.addAndGet(time.toNanos());
  }

  CompletableFuture<Outcome> start(Shapes shape, Telling telling) {
    var outcome = new CompletableFuture<Outcome>();
    target.attempt(composer.compose(shape.build(), telling, Tellings.NOW), outcome::complete);
    return outcome;
  }

  /** A POST to this URL that takes at most so long. */
  static Shapes post(String url, int timeoutMillis) {
    return Shapes.post(url).timeout(Duration.ofMillis(timeoutMillis));
  }

  @Override
  public void close() {
    target.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
