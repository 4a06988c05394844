package io.switchhook.bench.receive;

/** Hears what one loop of receivers is told. Called by that loop's thread alone. */
public interface Listener {
  /** A request came. */
  void heard(Heard heard);

  /** A request that was heard before was answered 200. */
  void took(Telling telling);

  /** A request could not be read. */
  void unreadable(String why);

  /** What was answered. */
  record Telling(int webhook, int traffic, long ordinal, boolean isReplay) {}
}
