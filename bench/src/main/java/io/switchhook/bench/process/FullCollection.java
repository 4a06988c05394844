package io.switchhook.bench.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Asks a virtual machine to collect everything, as {@code jcmd PID GC.run} does. */
public final class FullCollection {
  private static final long PATIENCE_SECONDS = 30;

  private FullCollection() {}

  /** Returns when it is over; true when it was made. */
  public static boolean of(long pid) throws IOException, InterruptedException {
    var tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var process =
        new ProcessBuilder(tool, "-J-XX:TieredStopAtLevel=1", String.valueOf(pid), "GC.run")
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } finally {
      process.destroyForcibly();
    }
  }
}
