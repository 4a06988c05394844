package io.switchhook.source.myoperator;

import java.util.List;

/** What an event of the vendor became, and what is to be remembered of its call. */
record Telling(List<Made> made, CallMemory memory) {
  Telling {
    made = List.copyOf(made);
  }

  static Telling of(Made one, CallMemory memory) {
    return new Telling(List.of(one), memory);
  }
}
