package io.switchhook.bench.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a measurement was made on. */
public final class Machine {
  private Machine() {}

  /** The machine, its system and its Java, one line each. */
  public static List<String> lines(List<String> serverOptions) {
    var lines = new ArrayList<String>();
    lines.add(
        "%d cores%s, shared by server, generator and receivers"
            .formatted(Runtime.getRuntime().availableProcessors(), processor()));
    lines.add(
        "%s %s %s, Java %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                System.getProperty("java.vm.version")));
    lines.add("server: a process of its own, " + String.join(" ", serverOptions));
    return lines;
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")")
          .orElse("");
    } catch (IOException _) {
      return ""; // no Linux
    }
  }
}
