package io.switchhook.event;

/** What can only be false through a bug of ours. Always on. */
public final class Invariant {
  private Invariant() {}

  /** Ends the work with a {@link Broken} that says what should have been true. */
  public static void check(boolean holds, String claim) {
    if (!holds) {
      throw new Broken(claim);
    }
  }

  /** A bug showed itself. */
  public static final class Broken extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    Broken(String claim) {
      super("this should always hold: " + claim);
    }
  }
}
