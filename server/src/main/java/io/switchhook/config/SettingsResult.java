package io.switchhook.config;

import java.util.List;

/** What came of reading the settings. */
public sealed interface SettingsResult {
  /** Everything is there and allowed. */
  record Complete(Settings settings) implements SettingsResult {}

  /** All that is wrong, in the order file, environment, command line. */
  record Mistaken(List<SettingsMistake> mistakes) implements SettingsResult {
    public Mistaken {
      mistakes = List.copyOf(mistakes);
    }
  }
}
