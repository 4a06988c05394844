package io.switchhook.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the log of garbage collections that {@code -Xlog:gc} writes (JEP 158, 271). */
public final class GcLog {
  private static final Pattern LINE =
      Pattern.compile(
          "\\[([0-9.]+)s].*?([0-9]+)([KMG])->([0-9]+)([KMG])\\([0-9]+[KMG]\\)(?: ([0-9.]+)ms)?.*");

  /** Of those that leave nothing which nobody can reach, whatever the collector. */
  private static final String FULL = "Pause Full";

  private GcLog() {}

  /**
   * A collection.
   *
   * @param atSeconds since the virtual machine began
   * @param heapBytes what was left of the heap
   * @param pauseMillis how long everything stood still
   * @param isFull it took all that nobody can reach; a young one leaves what has grown old
   */
  public record Collection(double atSeconds, long heapBytes, double pauseMillis, boolean isFull) {}

  /** The option that makes a virtual machine write such a log. */
  public static String option(Path file) {
    return "-Xlog:gc:file=" + file + ":uptime";
  }

  /** The collections in a log, in order; none when there is no log. */
  public static List<Collection> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    var collections = new ArrayList<Collection>();
    for (var line : Files.readAllLines(file)) {
      var found = LINE.matcher(line);
      if (found.matches()) {
        var pause = found.group(6);
        collections.add(
            new Collection(
                Double.parseDouble(found.group(1)),
                bytes(found.group(4), found.group(5)),
                pause == null ? 0 : Double.parseDouble(pause),
                line.contains(FULL)));
      }
    }
    return collections;
  }

  private static long bytes(String number, String unit) {
    var shift =
        switch (unit) {
          case "K" -> 10;
          case "M" -> 20;
          default -> 30;
        };
    return Long.parseLong(number) << shift;
  }
}
