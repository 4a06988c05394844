package io.switchhook.jmh;

import io.switchhook.delivery.CursorStore.Committed;
import io.switchhook.delivery.PartitionState;
import io.switchhook.delivery.engine.Effect;
import io.switchhook.delivery.engine.Engine;
import io.switchhook.delivery.engine.EngineSettings;
import io.switchhook.delivery.engine.Input;
import io.switchhook.delivery.engine.RetrySchedule;
import io.switchhook.delivery.engine.TimesToLive;
import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.routing.WebhookCatalog;
import io.switchhook.target.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Steps of the delivery engine with one webhook that wants everything and takes it at once. */
@State(Scope.Benchmark)
public class EngineSteps {
  /** An event in, its attempt's end in, and now and then a commit's end, which is counted in. */
  private static final int STEPS_OF_EVENT = 2;

  private static final Duration BETWEEN_EVENTS = Duration.ofMillis(1);

  private final Bytes body = Bytes.wrap(Samples.bytes("in-call"));
  private final Outcome delivered =
      new Outcome.Delivered(
          200, new Outcome.Answer(List.of(), Bytes.empty(), false), Duration.ZERO);
  private Engine engine = newEngine();
  private Instant now = Samples.NOW;
  private long offset;

  /** Opens one empty partition. */
  @Setup(Level.Iteration)
  public void open() {
    engine = newEngine();
    offset = 0;
    engine.step(
        new Input.Opened(new PartitionState(0, 1, 0, List.of()), 0, List.of()), Samples.NOW);
  }

  /** A call's event happens, is attempted, is delivered and by and by committed. */
  @Benchmark
  @OperationsPerInvocation(STEPS_OF_EVENT)
  public int step() {
    now = now.plus(BETWEEN_EVENTS);
    var call = new CallId(Samples.company(1), "n2.1596270949." + offset);
    var event = Samples.event(call, offset++, body);
    return carryOut(engine.step(new Input.Appended(0, List.of(event)), now));
  }

  private int carryOut(List<Effect> effects) {
    var carriedOut = 0;
    for (var effect : effects) {
      switch (effect) {
        case Effect.Attempt attempt -> carriedOut += 1 + carryOut(engine.step(ended(attempt), now));
        case Effect.Commit _ ->
            carriedOut += carryOut(engine.step(new Input.CommitEnded(0, Committed.DURABLE), now));
        default -> {}
      }
    }
    return carriedOut;
  }

  private Input ended(Effect.Attempt attempt) {
    return new Input.AttemptEnded(
        attempt.partition(), attempt.lane(), attempt.telling().event(), now, delivered);
  }

  private static Engine newEngine() {
    var day = Duration.ofDays(1);
    return new Engine(
        EngineSettings.standard(
            new RetrySchedule(List.of(Duration.ofSeconds(1))), /* memoryBytes= */ 64 << 20, 1),
        new TimesToLive(day, day, day, day),
        new WebhookCatalog(List.of(Samples.webhook(1, Samples.company(1), List.of()))));
  }
}
