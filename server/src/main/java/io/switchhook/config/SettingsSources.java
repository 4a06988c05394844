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
 * @param variables what <code>${NAME}</code> stands for in the secrets of the file
 */
public record SettingsSources(
    @Nullable Path file,
    Map<String, String> environment,
    Map<String, List<String>> overrides,
    Map<String, String> variables) {
  public SettingsSources {
    environment = Map.copyOf(environment);
    overrides = Map.copyOf(overrides);
    variables = Map.copyOf(variables);
  }

  /** Where the environment's settings and its secrets are the same. */
  public SettingsSources(
      @Nullable Path file, Map<String, String> environment, Map<String, List<String>> overrides) {
    this(file, environment, overrides, environment);
  }

  /** Only the file, without secrets of the environment. */
  public static SettingsSources ofFile(Path file) {
    return ofFile(file, Map.of());
  }

  /** Only the file, as {@code check-config} wants it, with what its secrets name. */
  public static SettingsSources ofFile(Path file, Map<String, String> variables) {
    return new SettingsSources(file, Map.of(), Map.of(), variables);
  }
}
