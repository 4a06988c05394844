package io.switchhook.bench.run;

import io.switchhook.bench.ledger.Audit;
import io.switchhook.bench.ledger.Ledger;
import io.switchhook.bench.ledger.Outcomes;
import io.switchhook.bench.ledger.PerSecond;
import io.switchhook.bench.ledger.Verdict;
import io.switchhook.bench.load.Generator;
import io.switchhook.bench.receive.Receivers;
import io.switchhook.bench.run.RunResult.ServerFacts;
import io.switchhook.bench.run.RunResult.Timeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts a run's result together, after its threads have ended. */
final class Conclude {
  /** A phase with this name is not measured. */
  static final String WARM_UP = "warm-up";

  private static final double P99 = 99;

  private final RigSettings settings;
  private final Ledger ledger;
  private final Watch watch;
  private final Lives lives;

  /** The measuring side, which has ended. */
  record Measured(Generator generator, Receivers receivers, long endNanos) {}

  Conclude(RigSettings settings, Ledger ledger, Watch watch, Lives lives) {
    this.settings = settings;
    this.ledger = ledger;
    this.watch = watch;
    this.lives = lives;
  }

  RunResult of(Outcomes outcomes, Measured measured) throws IOException {
    var account = Audit.of(ledger, outcomes);
    var verdict = Verdict.of(account, instrument(measured));
    return new RunResult(
        settings.name(),
        account,
        verdict,
        ledger.latencies(),
        ledger.phases().all(),
        figures(measured.endNanos),
        timeline(),
        new ServerFacts(watch.residentBytesMax(), lives.readyMillis(), lives.options()),
        measured.generator.latenessMicros(),
        measured.receivers.turnMicros(),
        /* pace= */ null);
  }

  private Verdict.Instrument instrument(Measured measured) {
    var failures = new ArrayList<String>();
    for (var failure : Arrays.asList(measured.generator.failure(), measured.receivers.failure())) {
      if (failure != null) {
        failures.add("The bench broke: " + failure);
      }
    }
    var late = measured.generator.latenessMicros();
    var busy =
        watch.samples().stream().filter(sample -> sample.receiverBusy() > Verdict.BUSY_MAX).count();
    return new Verdict.Instrument(
        late.getValueAtPercentile(P99),
        late.getMaxValue(),
        busy / (double) Math.max(1, watch.samples().size()),
        measured.receivers.turnMicros().getValueAtPercentile(P99),
        healthyMicros(),
        failures);
  }

  /** The p99 of the first class of webhooks that was measured. */
  private long healthyMicros() {
    return ledger.latencies().phases().stream()
        .filter(phase -> !phase.name().equals(WARM_UP))
        .flatMap(phase -> phase.classes().stream())
        .filter(ofClass -> ofClass.micros().getTotalCount() > 0)
        .mapToLong(ofClass -> ofClass.micros().getValueAtPercentile(P99))
        .min()
        .orElse(0);
  }

  private List<Figures> figures(long endNanos) {
    var figures = new ArrayList<Figures>();
    for (var phase : ledger.phases().all()) {
      var end = ledger.phases().endNanos(phase);
      figures.add(
          Figures.between(
              phase.name(),
              phase.fromNanos(),
              end == Long.MAX_VALUE ? endNanos : end,
              watch.samples()));
    }
    return figures;
  }

  private Timeline timeline() throws IOException {
    return new Timeline(
        ledger.beganNanos(),
        list(ledger.sentPerSecond()),
        list(ledger.acceptedPerSecond()),
        list(ledger.toldPerSecond()),
        watch.samples(),
        lives.heap(ledger.beganNanos()));
  }

  private static List<Long> list(PerSecond perSecond) {
    return Arrays.stream(perSecond.counts()).boxed().toList();
  }
}
