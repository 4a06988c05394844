package io.switchhook.journal;

/** What else is to be known of a record. The bits are stored: they never change meaning. */
public enum Flag {
  /** Not heard when it happened, but put together afterwards (after a lost connection). */
  RECONSTRUCTED(1),
  /** Assembled by us from other records of its call. */
  DERIVED(2),
  /**
   * Its source keeps notes of the call: the note that ends the call, not this log, is what an
   * after-call log waits for.
   */
  NOTED(4);

  private final int bit;

  Flag(int bit) {
    this.bit = bit;
  }

  /** The stored bit. */
  public int bit() {
    return bit;
  }

  /** True when this flag is among {@code bits}. */
  public boolean isIn(int bits) {
    return (bits & bit) != 0;
  }
}
