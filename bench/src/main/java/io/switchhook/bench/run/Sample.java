package io.switchhook.bench.run;

import io.switchhook.bench.process.DiskCounts;

/**
 * How server and bench stood at a moment.
 *
 * @param atNanos by {@link System#nanoTime}
 * @param events that were accepted until then
 * @param cpuSeconds of the server, over all its lives
 * @param residentBytes of the server; 0 while there is none
 * @param writtenBytes to the disk by the server, over all its lives; -1 where that is not told
 * @param effort of the bench
 * @param receiverBusy share of the time since the sample before in which the busiest thread of
 *     receivers used a core
 * @param lanes as the server says; -1 when it does not
 * @param lanesMax of one webhook; -1 when it does not say
 * @param detached as the server says; -1 when it does not
 * @param disk what the server made durable, over all its lives
 */
public record Sample(
    long atNanos,
    long events,
    double cpuSeconds,
    long residentBytes,
    long writtenBytes,
    Effort effort,
    double receiverBusy,
    long lanes,
    long lanesMax,
    long detached,
    DiskCounts disk) {
  /**
   * What the bench did, and what it took.
   *
   * @param sent events
   * @param generatorCpuSeconds of the thread that sends them and reads the answers
   * @param heard requests at receivers
   * @param receiversCpuSeconds of the threads that read and answer them
   * @param processCpuSeconds of the bench's whole process
   */
  public record Effort(
      long sent,
      double generatorCpuSeconds,
      long heard,
      double receiversCpuSeconds,
      double processCpuSeconds) {}
}
