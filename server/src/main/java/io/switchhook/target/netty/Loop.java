package io.switchhook.target.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.switchhook.target.Outcome;
import io.switchhook.target.Outcome.Reason;
import io.switchhook.target.Outcome.Unreachable;
import io.switchhook.target.OutgoingRequest;
import io.switchhook.target.address.AddressGate;
import io.switchhook.target.netty.NettyTarget.Surroundings;
import io.vertx.core.internal.ContextInternal;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/*
 * Two clocks tick while they have something to watch: a quick one for the deadlines of what is
 * under way, a slow one for connections that nobody uses. Each looks at everything at every tick.
 * An engine has at most about a thousand attempts out, so that costs less than setting and
 * cancelling timers for each of them.
 */
/** What one event loop has: exchanges under way and pools of connections. */
final class Loop {
  private static final long DEADLINE_TICK_MILLIS = 10;
  private static final long IDLE_TICK_MILLIS = 1_000;

  private final EventLoop eventLoop;
  private final Parts parts;
  private final BooleanSupplier isClosed;
  private final Places places = new Places();
  private final RequestWriter writer = new RequestWriter();
  private final Map<Pool.Key, Pool> pools = new HashMap<>();
  private final ArrayList<Exchange> underWay = new ArrayList<>();
  private final AtomicInteger openConnections = new AtomicInteger();
  private boolean isStartingAttempt;
  private boolean isWatchingDeadlines;
  private boolean isWatchingIdle;

  /** What all event loops of a target have in common. */
  record Parts(Surroundings surroundings, Tls tls, ChannelFactory<? extends Channel> channels) {}

  /** Has nothing yet; {@code isClosed} says, at any time, that nothing new is to begin. */
  Loop(EventLoop eventLoop, Parts parts, BooleanSupplier isClosed) {
    this.eventLoop = eventLoop;
    this.parts = parts;
    this.isClosed = isClosed;
  }

  /** Makes an attempt and tells {@code context} of it, never before this method returns. */
  void attempt(ContextInternal context, OutgoingRequest request, Consumer<Outcome> done) {
    if (!eventLoop.inEventLoop()) {
      eventLoop.execute(() -> attempt(context, request, done));
      return;
    }
    isStartingAttempt = true;
    try {
      switch (places.of(request.url())) {
        case Place.Host host ->
            new Exchange(this, new Exchange.Order(context, host, request, done)).start();
        case Place.Nowhere(var words) ->
            tell(
                context,
                new Unreachable(
                    Reason.FORBIDDEN_ADDRESS, "nothing was sent: " + words, Duration.ZERO),
                done);
      }
    } finally {
      isStartingAttempt = false;
    }
  }

  /**
   * Gives out an outcome. While an attempt is being started its caller is not to be called back,
   * not even because of another attempt: it may be in the middle of something.
   */
  void tell(ContextInternal context, Outcome outcome, Consumer<Outcome> done) {
    if (isStartingAttempt) {
      eventLoop.execute(() -> context.emit(outcome, done::accept));
    } else {
      context.emit(outcome, done::accept);
    }
  }

  /** Runs this on the event loop: at once, when that is where we are. */
  void run(Runnable action) {
    if (eventLoop.inEventLoop()) {
      action.run();
    } else {
      eventLoop.execute(action);
    }
  }

  /** From now on the exchange hears of its deadlines. */
  void watch(Exchange exchange) {
    exchange.setPlace(underWay.size());
    underWay.add(exchange);
    if (!isWatchingDeadlines) {
      isWatchingDeadlines = true;
      scheduleDeadlines();
    }
  }

  /** The exchange has ended. */
  void unwatch(Exchange exchange) {
    var last = underWay.removeLast();
    if (last != exchange) {
      underWay.set(exchange.place(), last);
      last.setPlace(exchange.place());
    }
  }

  /** The connections to this address of the host. */
  Pool pool(InetAddress address, Place.Host host) {
    var key = new Pool.Key(address, host.port(), host.isTls() ? host.name() : "");
    var known = pools.get(key);
    if (known != null) {
      return known;
    }
    var made = new Pool(this, key);
    pools.put(key, made);
    if (!isWatchingIdle) {
      isWatchingIdle = true;
      scheduleIdle();
    }
    return made;
  }

  /** True when nothing new is to begin. */
  boolean isClosed() {
    return isClosed.getAsBoolean();
  }

  /** Ends what is under way and closes all connections. */
  void close() {
    List.copyOf(underWay).forEach(Exchange::onStop);
    pools.values().forEach(Pool::closeIdle);
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  RequestWriter writer() {
    return writer;
  }

  AddressGate gate() {
    return parts.surroundings.gate();
  }

  Tls tls() {
    return parts.tls;
  }

  Channel newChannel() {
    return parts.channels.newChannel();
  }

  Instant now() {
    return parts.surroundings.wallClock().instant();
  }

  long nanos() {
    return parts.surroundings.nanoClock().getAsLong();
  }

  void countConnection(int more) {
    openConnections.addAndGet(more);
  }

  /** May be asked from any thread. */
  int openConnections() {
    return openConnections.get();
  }

  private void scheduleDeadlines() {
    var _ = eventLoop.schedule(this::tellDeadlines, DEADLINE_TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tellDeadlines() {
    try {
      var now = nanos();
      for (var i = underWay.size() - 1; i >= 0; i--) {
        // Whoever ends may start others and let others end: the list is looked at anew each time.
        if (i < underWay.size()) {
          underWay.get(i).onTick(now);
        }
      }
    } finally {
      isWatchingDeadlines = !underWay.isEmpty();
      if (isWatchingDeadlines) {
        scheduleDeadlines();
      }
    }
  }

  private void scheduleIdle() {
    var _ = eventLoop.schedule(this::closeIdle, IDLE_TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void closeIdle() {
    var now = nanos();
    pools.values().forEach(pool -> pool.closeIdleSince(now));
    pools.values().removeIf(Pool::isEmpty);
    isWatchingIdle = !pools.isEmpty();
    if (isWatchingIdle) {
      scheduleIdle();
    }
  }
}
