package io.switchhook.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some pages of the console that belong together, and their place in the navigation. */
public interface ConsolePage {
  /** Where the navigation leads; null when it does not lead here. */
  @Nullable NavEntry entry();

  /** All of its routes. */
  List<ConsoleRoute> routes();

  /**
   * An entry of the navigation.
   *
   * @param word what it says
   * @param path below the company's, such as {@code /calls}
   * @param icon a name that {@code part/icon.jte} knows
   */
  record NavEntry(String word, String path, String icon) {}
}
