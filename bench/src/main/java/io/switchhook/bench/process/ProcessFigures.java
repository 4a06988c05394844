package io.switchhook.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What Linux says of a process in {@code /proc} (proc(5)).
 *
 * @param cpuSeconds in user and kernel mode
 * @param residentBytes physical memory that it has now
 * @param residentBytesMax the most it had
 * @param writtenBytes what it caused to be written to a disk; -1 where that is not told
 */
public record ProcessFigures(
    double cpuSeconds, long residentBytes, long residentBytesMax, long writtenBytes) {
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_TICKS = 11;
  private static final int KERNEL_TICKS = 12;
  private static final long KIB = 1_024;

  /** The figures now; empty when there is no such process, or no {@code /proc}. */
  public static Optional<ProcessFigures> of(long pid) {
    var folder = Path.of("/proc", String.valueOf(pid));
    try {
      var stat = Files.readString(folder.resolve("stat"));
      // The program's name may hold blanks; what counts is behind its closing bracket.
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      var ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[KERNEL_TICKS]);
      var status = Files.readString(folder.resolve("status"));
      return Optional.of(
          new ProcessFigures(
              ticks / TICKS_PER_SECOND,
              number(status, "VmRSS:") * KIB,
              number(status, "VmHWM:") * KIB,
              written(folder)));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException _) {
      return Optional.empty(); // it has just ended, or this is no Linux
    }
  }

  private static long written(Path folder) {
    try {
      return number(Files.readString(folder.resolve("io")), "write_bytes:");
    } catch (IOException _) {
      return -1;
    }
  }

  private static long number(String text, String name) {
    var at = text.indexOf("\n" + name);
    if (at < 0) {
      return -1;
    }
    var end = text.indexOf('\n', at + 1);
    var value = text.substring(at + 1 + name.length(), end < 0 ? text.length() : end);
    return Long.parseLong(value.replace("kB", "").strip());
  }
}
