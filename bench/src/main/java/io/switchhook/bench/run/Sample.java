package io.switchhook.bench.run;

/**
 * How server and bench stood at a moment.
 *
 * @param atNanos by {@link System#nanoTime}
 * @param events that were accepted until then
 * @param cpuSeconds of the server, over all its lives
 * @param residentBytes of the server; 0 while there is none
 * @param writtenBytes to the disk by the server, over all its lives; -1 where that is not told
 * @param threadsCpuSeconds of the threads that generate and receive
 * @param benchCpuSeconds of the bench's whole process
 * @param receiverBusy share of the time since the sample before in which the busiest thread of
 *     receivers used a core
 * @param lanes as the server says; -1 when it does not
 * @param lanesMax of one webhook; -1 when it does not say
 * @param detached as the server says; -1 when it does not
 */
public record Sample(
    long atNanos,
    long events,
    double cpuSeconds,
    long residentBytes,
    long writtenBytes,
    double threadsCpuSeconds,
    double benchCpuSeconds,
    double receiverBusy,
    long lanes,
    long lanesMax,
    long detached) {}
