package io.switchhook.bench.run;

import java.util.List;

/**
 * What a phase cost.
 *
 * @param seconds that it took
 * @param events that were accepted in it
 * @param cpuSecondsPer100k CPU-seconds of the server for 100,000 events
 * @param writtenBytesPerEvent by the server to the disk; -1 where that is not told
 * @param threadsMicrosPerEvent CPU of the threads that generate and receive
 * @param benchMicrosPerEvent CPU of the bench's whole process
 */
public record Figures(
    String phase,
    double seconds,
    long events,
    double cpuSecondsPer100k,
    double writtenBytesPerEvent,
    double threadsMicrosPerEvent,
    double benchMicrosPerEvent) {

  /** Events a second. */
  public double eventsPerSecond() {
    return seconds == 0 ? 0 : events / seconds;
  }

  /** The figures between two times, from the samples next to them. */
  static Figures between(String phase, long fromNanos, long toNanos, List<Sample> samples) {
    var inside =
        samples.stream()
            .filter(sample -> sample.atNanos() - fromNanos >= 0 && sample.atNanos() - toNanos <= 0)
            .toList();
    if (inside.size() < 2) {
      return new Figures(phase, 0, 0, 0, -1, 0, 0);
    }
    var first = inside.getFirst();
    var last = inside.getLast();
    var events = last.events() - first.events();
    var each = 1.0 / Math.max(1, events);
    return new Figures(
        phase,
        (last.atNanos() - first.atNanos()) / 1e9,
        events,
        (last.cpuSeconds() - first.cpuSeconds()) * each * 100_000,
        first.writtenBytes() < 0 || last.writtenBytes() < 0
            ? -1
            : (last.writtenBytes() - first.writtenBytes()) * each,
        (last.threadsCpuSeconds() - first.threadsCpuSeconds()) * each * 1e6,
        (last.benchCpuSeconds() - first.benchCpuSeconds()) * each * 1e6);
  }
}
