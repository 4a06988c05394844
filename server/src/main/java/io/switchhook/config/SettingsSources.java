package io.switchhook.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where settings come from, each stronger than the one before: the defaults, the file, the
 * environment, the command line.
 *
 * @param file null when none was named
 * @param environment all of it; only {@code SWITCHHOOK_…} is looked at
 * @param overrides what flags say, by dotted key; a list is added to what the others say
 */
public record SettingsSources(
    @Nullable Path file, Map<String, String> environment, Map<String, List<String>> overrides) {
  public SettingsSources {
    environment = Map.copyOf(environment);
    overrides = Map.copyOf(overrides);
  }

  /** Only the file, as {@code check-config} wants it. */
  public static SettingsSources ofFile(Path file) {
    return new SettingsSources(file, Map.of(), Map.of());
  }
}
