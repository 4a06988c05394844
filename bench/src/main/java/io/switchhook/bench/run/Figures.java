package io.switchhook.bench.run;

import io.switchhook.bench.process.DiskCounts;
import java.util.List;
import java.util.Map;

/**
 * What a phase cost.
 *
 * @param seconds that it took
 * @param events that were accepted in it
 * @param cpuSecondsPer100k CPU-seconds of the server for 100,000 events
 * @param writtenBytesPerEvent by the server to the disk; -1 where that is not told
 * @param generatorMicros CPU of the thread that generates, for an event that it sent
 * @param receiversMicros CPU of the threads that receive, for a request that they got
 * @param benchMicrosPerEvent CPU of the bench's whole process
 * @param residentBytesMax of the server at any look
 * @param disk what the server made durable
 */
public record Figures(
    String phase,
    double seconds,
    long events,
    double cpuSecondsPer100k,
    double writtenBytesPerEvent,
    double generatorMicros,
    double receiversMicros,
    double benchMicrosPerEvent,
    long residentBytesMax,
    DiskCounts disk) {
  /** Generator and receivers together may cost this much an event. */
  public static final double THREADS_MICROS_MAX = 25;

  /** A checkpoint flushes the log and the file. */
  private static final int FLUSHES_PER_CHECKPOINT = 2;

  /** Events a second. */
  public double eventsPerSecond() {
    return seconds == 0 ? 0 : events / seconds;
  }

  /** CPU of the threads that generate and receive, for an event that is told once. */
  public double threadsMicrosPerEvent() {
    return generatorMicros + receiversMicros;
  }

  /** True when generator and receivers cost more than they may. */
  public boolean isInstrumentDear() {
    return threadsMicrosPerEvent() > THREADS_MICROS_MAX;
  }

  /** Transactions that the server made durable, a second; -1 when it does not say. */
  public double commitsPerSecond() {
    return disk.isKnown() ? perSecond(sum(disk.commits())) : -1;
  }

  /**
   * How often the server asked for what it wrote to be flushed to the disk, a second: once for each
   * commit, twice for each checkpoint; -1 when it does not say.
   */
  public double fsyncsPerSecond() {
    return disk.isKnown()
        ? perSecond(sum(disk.commits()) + FLUSHES_PER_CHECKPOINT * sum(disk.checkpoints()))
        : -1;
  }

  /** So many in all, a second. */
  public double perSecond(long count) {
    return seconds == 0 ? 0 : count / seconds;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static double micros(double fromSeconds, double toSeconds, long count) {
    return count <= 0 ? 0 : (toSeconds - fromSeconds) * 1e6 / count;
  }

  /** The figures between two times, from the samples next to them. */
  static Figures between(String phase, long fromNanos, long toNanos, List<Sample> samples) {
    var inside =
        samples.stream()
            .filter(sample -> sample.atNanos() - fromNanos >= 0 && sample.atNanos() - toNanos <= 0)
            .toList();
    if (inside.size() < 2) {
      return new Figures(phase, 0, 0, 0, -1, 0, 0, 0, 0, DiskCounts.NONE);
    }
    var first = inside.getFirst();
    var last = inside.getLast();
    var events = last.events() - first.events();
    var was = first.effort();
    var is = last.effort();
    var each = 1.0 / Math.max(1, events);
    return new Figures(
        phase,
        (last.atNanos() - first.atNanos()) / 1e9,
        events,
        (last.cpuSeconds() - first.cpuSeconds()) * each * 100_000,
        first.writtenBytes() < 0 || last.writtenBytes() < 0
            ? -1
            : (last.writtenBytes() - first.writtenBytes()) * each,
        micros(was.generatorCpuSeconds(), is.generatorCpuSeconds(), is.sent() - was.sent()),
        micros(was.receiversCpuSeconds(), is.receiversCpuSeconds(), is.heard() - was.heard()),
        micros(was.processCpuSeconds(), is.processCpuSeconds(), events),
        inside.stream().mapToLong(Sample::residentBytes).max().orElse(0),
        last.disk().since(first.disk()));
  }
}
