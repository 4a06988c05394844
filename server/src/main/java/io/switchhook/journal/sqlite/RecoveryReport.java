package io.switchhook.journal.sqlite;

import java.util.List;

/**
 * What was found, and done, when the journal was opened after something else than a clean stop.
 *
 * @param findings in the order of the segments; empty when there was nothing to tell
 */
public record RecoveryReport(List<Finding> findings) {
  public RecoveryReport {
    findings = List.copyOf(findings);
  }

  /** What kind of thing was found. */
  public enum What {
    /** A write that nobody was told of was left unfinished, as a crash does. Nothing is missing. */
    UNFINISHED_WRITE,
    /** A file was damaged. What of it could be read is kept, the file itself was put aside. */
    DAMAGED,
    /** Records are missing: a file was taken away, or its end was lost. */
    MISSING
  }

  /**
   * One thing that was found.
   *
   * @param segment the name of the segment's file
   * @param text what was found, what was kept and lost, and what was done, for a person
   */
  public record Finding(What what, String segment, String text) {}

  /** True when records that the journal once had may be missing. */
  public boolean tellsOfLoss() {
    return findings.stream().anyMatch(finding -> finding.what() != What.UNFINISHED_WRITE);
  }
}
