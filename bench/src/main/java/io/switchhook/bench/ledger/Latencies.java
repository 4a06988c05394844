package io.switchhook.bench.ledger;

import io.switchhook.bench.ledger.Ledger.Classes;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * From when events were due to their first byte at a receiver, in microseconds, for each phase and
 * each class of webhooks.
 */
public record Latencies(List<OfPhase> phases) {
  public Latencies {
    phases = List.copyOf(phases);
  }

  /** The latencies of one phase, by class. */
  public record OfPhase(String name, List<OfClass> classes) {
    public OfPhase {
      classes = List.copyOf(classes);
    }
  }

  /** The latencies of one class of webhooks. */
  public record OfClass(String name, Histogram micros) {}

  static Latencies of(Phases phases, Classes classes, List<Arrivals> arrivals) {
    var all = new ArrayList<OfPhase>();
    for (var phase : phases.all()) {
      var ofPhase = new ArrayList<OfClass>();
      for (var i = 0; i < classes.names().size(); i++) {
        var sum = new Histogram(3);
        for (var one : arrivals) {
          if (phase.index() < one.micros().size()) {
            sum.add(one.micros().get(phase.index()).get(i));
          }
        }
        ofPhase.add(new OfClass(classes.names().get(i), sum));
      }
      all.add(new OfPhase(phase.name(), ofPhase));
    }
    return new Latencies(all);
  }

  /** The latencies of a class in the phase with this name; of several such phases, the last. */
  public Histogram of(String phase, String className) {
    return phases.reversed().stream()
        .filter(it -> it.name().equals(phase))
        .flatMap(it -> it.classes().stream())
        .filter(it -> it.name().equals(className))
        .map(OfClass::micros)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no phase " + phase + " of " + className));
  }
}
