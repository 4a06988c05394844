package io.switchhook.source.asterisk.live;

import io.switchhook.journal.Batch;
import io.switchhook.journal.NewRecord;
import io.switchhook.source.AppendUntilKept;
import io.switchhook.source.asterisk.AsteriskSettings;
import io.switchhook.source.asterisk.OriginateRequest;
import io.switchhook.source.asterisk.ami.AmiMessage;
import io.switchhook.source.asterisk.line.Heard;
import io.switchhook.source.asterisk.line.SpillQueue;
import io.switchhook.source.asterisk.mapping.AsteriskMapping;
import io.switchhook.source.asterisk.mapping.Input;
import io.switchhook.source.asterisk.mapping.OpenCalls;
import io.switchhook.source.asterisk.mapping.Output;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that maps: takes what was heard from the queue, gives it to the mapping, and appends
 * the records that come of it, before it goes on. What the journal refuses is offered again; until
 * then what is heard waits in the queue.
 */
final class MapCalls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MapCalls.class);

  /** How many messages are mapped before their records are appended together. */
  private static final int TOGETHER_MAX = 200;

  private static final long IDLE_MILLIS = 250;
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(1);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private final Parts parts;
  private final ConcurrentLinkedQueue<Request> asked = new ConcurrentLinkedQueue<>();
  private final Map<String, AmiMessage> snapshot = new LinkedHashMap<>();
  private Instant last = Instant.EPOCH;
  private volatile boolean stopping;
  private @Nullable Thread thread;

  /**
   * What the thread works with.
   *
   * @param changedSettings the settings, whenever they have changed since it was asked last
   * @param requests calls that were asked for before the restart, and may still go on
   */
  record Parts(
      String source,
      AsteriskMapping mapping,
      SpillQueue queue,
      AppendUntilKept append,
      RecallCalls openCalls,
      Supplier<Optional<AsteriskSettings>> changedSettings,
      Supplier<List<OriginateRequest>> requests,
      InstantSource clock,
      Consumer<Throwable> onFatal) {}

  MapCalls(Parts parts) {
    this.parts = parts;
  }

  void start() {
    thread = Thread.ofPlatform().name("calls " + parts.source()).start(this::run);
  }

  /** A call that Asterisk is about to be asked for; known before any event of it is mapped. */
  void asked(OriginateRequest request) {
    asked.add(new Request.Asked(request));
  }

  /** Asterisk did not take the request on. */
  void refused(OriginateRequest request) {
    asked.add(new Request.Refused(request.actionId()));
  }

  /** What came of requests for calls. */
  private sealed interface Request {
    record Asked(OriginateRequest request) implements Request {}

    record Refused(String actionId) implements Request {}
  }

  // Whatever ends this thread must be told: without it calls would stop silently.
  @SuppressWarnings("CatchingUnchecked")
  private void run() {
    try {
      restore();
      map();
      parts.openCalls().store(parts.clock().instant());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      LOG.atError().addKeyValue("source", parts.source()).setCause(e).log("source.mapping_failed");
      parts.onFatal().accept(e);
    }
  }

  private void restore() throws InterruptedException {
    var records = new ArrayList<NewRecord>();
    parts.changedSettings().get().ifPresent(it -> change(it, records));
    var known = parts.openCalls().restore();
    step(new Input.Remembered(OpenCalls.of(parts.source(), known), time()), records);
    parts.requests().get().forEach(it -> step(new Input.Asked(it, time()), records));
    var _ = append(records);
    LOG.atInfo()
        .addKeyValue("source", parts.source())
        .addKeyValue("open_calls", parts.mapping().openCalls())
        .log("source.calls_known_again");
  }

  private void map() throws InterruptedException {
    var housekeepingAt = time();
    while (true) {
      var heard = parts.queue().poll(waitMillis());
      var records = new ArrayList<NewRecord>();
      takeAsked(records);
      if (heard.isEmpty()) {
        // Only when nothing waits: what was heard has an earlier time than now.
        step(new Input.TimePassed(time()), records);
      }
      for (int i = 1; heard.isPresent(); i++) {
        hear(heard.get(), records);
        takeAsked(records);
        heard = i < TOGETHER_MAX ? parts.queue().poll(0) : Optional.empty();
      }
      if (!append(records) || (stopping && parts.queue().isEmpty())) {
        return;
      }
      if (!time().isBefore(housekeepingAt)) {
        keepHouse();
        housekeepingAt = time().plus(HOUSEKEEPING);
      }
    }
  }

  private void keepHouse() throws InterruptedException {
    parts.openCalls().store(time());
    var records = new ArrayList<NewRecord>();
    parts.changedSettings().get().ifPresent(it -> change(it, records));
    var _ = append(records);
  }

  private void takeAsked(List<NewRecord> records) {
    for (var input = asked.poll(); input != null; input = asked.poll()) {
      step(
          switch (input) {
            case Request.Asked(var request) -> new Input.Asked(request, time());
            case Request.Refused(var actionId) -> new Input.Refused(actionId, time());
          },
          records);
    }
  }

  private void hear(Heard heard, List<NewRecord> records) {
    var at = later(heard.at());
    switch (heard.what()) {
      case EVENT -> step(new Input.Heard(heard.message(), at), records);
      case CONNECTED, LOST -> snapshot.clear();
      case CHANNEL ->
          snapshot.merge(heard.message().text("Uniqueid"), heard.message(), MapCalls::both);
      case SNAPSHOT_END -> {
        var channels = List.copyOf(snapshot.values());
        snapshot.clear();
        var askedAt = heard.message().timestamp().orElse(at);
        step(new Input.Snapshot(channels, askedAt, at), records);
      }
    }
  }

  /** What CoreShowChannels and Status say of one channel. */
  private static AmiMessage both(AmiMessage first, AmiMessage second) {
    var fields = new ArrayList<>(first.fields());
    fields.addAll(second.fields());
    return new AmiMessage(fields, first.isCut() || second.isCut());
  }

  private void change(AsteriskSettings settings, List<NewRecord> records) {
    step(new Input.Changed(settings, time()), records);
  }

  private void step(Input input, List<NewRecord> records) {
    for (var output : parts.mapping().step(input)) {
      switch (output) {
        case Output.Append(var record) -> records.add(record);
        case Output.Began _ -> {}
      }
    }
  }

  private Instant time() {
    return later(parts.clock().instant());
  }

  /** The mapping's time never goes back, whatever the clock does. */
  private Instant later(Instant at) {
    last = at.isAfter(last) ? at : last;
    return last;
  }

  private long waitMillis() {
    if (stopping || !asked.isEmpty()) {
      return 0;
    }
    var now = time();
    return parts
        .mapping()
        .nextDue()
        .map(at -> Math.clamp(Duration.between(now, at).toMillis() + 1, 0, IDLE_MILLIS))
        .orElse(IDLE_MILLIS);
  }

  private boolean append(List<NewRecord> records) throws InterruptedException {
    var batch = new ArrayList<NewRecord>();
    long bytes = 0;
    for (var record : records) {
      if (!batch.isEmpty()
          && (batch.size() == Batch.RECORDS_MAX
              || bytes + record.body().size() > Batch.BYTES_MAX)) {
        if (!appendBatch(batch)) {
          return false;
        }
        batch.clear();
        bytes = 0;
      }
      batch.add(record);
      bytes += record.body().size();
    }
    return batch.isEmpty() || appendBatch(batch);
  }

  private boolean appendBatch(List<NewRecord> batch) throws InterruptedException {
    var kept = parts.append().appendKept(List.copyOf(batch));
    kept.ifPresent(parts.openCalls()::appended);
    if (kept.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("source", parts.source())
          .addKeyValue("records", batch.size())
          .log("source.stopped_unkept: a snapshot after the next start finds what they told");
    }
    return kept.isPresent();
  }

  /** Maps what is in the queue, and returns when it is in the journal or cannot be. */
  @Override
  public void close() {
    stopping = true;
    var running = thread;
    if (running == null) {
      return;
    }
    try {
      if (!running.join(STOP_PATIENCE)) {
        parts.append().stop();
        running.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
