package io.switchhook.source.asterisk.line;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/** The metrics of one line. */
public final class LineMeters {
  private static final String SOURCE = "source";

  private final MeterRegistry registry;
  private final String name;
  private final AtomicInteger connected = new AtomicInteger();
  private final Counter events;
  private final Counter lost;
  private final Counter deafSeconds;

  /** The metrics of the source of this name. */
  public LineMeters(MeterRegistry registry, String name) {
    this.registry = registry;
    this.name = name;
    this.events =
        Counter.builder("switchhook.source.events")
            .description("Events heard on the line to the phone system")
            .tag(SOURCE, name)
            .register(registry);
    this.lost =
        Counter.builder("switchhook.source.lost")
            .description("How often the line to the phone system was lost")
            .tag(SOURCE, name)
            .register(registry);
    this.deafSeconds =
        Counter.builder("switchhook.source.deaf")
            .description("How long the source was deaf, counted when it hears again")
            .baseUnit("seconds")
            .tag(SOURCE, name)
            .register(registry);
    Gauge.builder("switchhook.source.connected", connected, AtomicInteger::get)
        .description("1 while the source hears, 0 while it is deaf")
        .tag(SOURCE, name)
        .register(registry);
  }

  /** Lets how much waits in the spill file be seen. */
  public <T> void watchSpilled(T queue, ToDoubleFunction<T> spilled) {
    Gauge.builder("switchhook.source.spilled", queue, spilled)
        .description("Events that wait in the file because they come faster than they are mapped")
        .tag(SOURCE, name)
        .register(registry);
  }

  void event() {
    events.increment();
  }

  void connected(Duration deaf) {
    connected.set(1);
    deafSeconds.increment(deaf.toMillis() / 1000.0);
  }

  void lost() {
    connected.set(0);
    lost.increment();
  }
}
