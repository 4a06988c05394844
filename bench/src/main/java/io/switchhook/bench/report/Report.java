package io.switchhook.bench.report;

import io.switchhook.bench.run.RunResult;
import java.util.List;

/**
 * All that a command found out.
 *
 * @param title what was measured
 * @param setting in which it was measured: machine, server, load; one line each
 * @param checks what was to be shown; empty when there was nothing to show
 */
public record Report(String title, List<String> setting, List<Check> checks, List<RunResult> runs) {
  /** The exit code when everything held. */
  public static final int DONE = 0;

  /** The exit code when a promise was broken or a check failed. */
  public static final int FAILED = 1;

  /** The exit code when a run measured nothing. */
  public static final int VOID = 3;

  public Report {
    setting = List.copyOf(setting);
    checks = List.copyOf(checks);
    runs = List.copyOf(runs);
  }

  /**
   * Something that was to be shown.
   *
   * @param measured in words
   * @param allowed in words
   */
  public record Check(String name, String measured, String allowed, boolean passed) {}

  /** True when the same was run several times, so that medians say something. */
  public boolean isRepeated() {
    return runs.size() > 1 && runs.stream().allMatch(run -> run.pace() != null);
  }

  /** How the program ends. */
  public int exitCode() {
    if (runs.stream().anyMatch(run -> !run.verdict().isValid())) {
      return VOID;
    }
    var isKept = runs.stream().allMatch(run -> run.verdict().isKept());
    return isKept && checks.stream().allMatch(Check::passed) ? DONE : FAILED;
  }
}
