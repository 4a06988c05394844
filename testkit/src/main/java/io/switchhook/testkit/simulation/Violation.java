package io.switchhook.testkit.simulation;

/** The engine broke one of its promises. */
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says which promise, and how. */
  public Violation(String invariant, String what) {
    super(invariant + ": " + what);
  }

  static void unless(boolean holds, String invariant, String what) {
    if (!holds) {
      throw new Violation(invariant, what);
    }
  }
}
