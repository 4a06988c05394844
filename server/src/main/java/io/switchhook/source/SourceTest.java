package io.switchhook.source;

import java.util.List;

/**
 * What a trial of a source found.
 *
 * @param passed false when something must be mended before calls are heard as they should
 * @param found what was tried and what came of it, in sentences, in the order of the trial
 */
public record SourceTest(boolean passed, List<Finding> found) {
  /** How long a trial may take. */
  public static final int SECONDS_MAX = 30;

  public SourceTest {
    found = List.copyOf(found);
  }

  /** A trial of these findings, which is passed when none of them is wrong. */
  public static SourceTest of(List<Finding> found) {
    return new SourceTest(found.stream().noneMatch(it -> it.weight() == Weight.WRONG), found);
  }

  /** One thing that was found. */
  public record Finding(Weight weight, String words) {}

  /** How much a finding means. */
  public enum Weight {
    FINE,
    /** It works, but less well than it could. */
    WARNING,
    /** It does not work. */
    WRONG
  }
}
