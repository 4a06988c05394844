package io.switchhook.config;

/**
 * One thing that is wrong with the settings.
 *
 * @param where the file with its line, the environment variable or the flag
 * @param key the dotted key, for example {@code server.port}
 * @param value as it was written; empty when there is none
 * @param problem what is wrong, and what is allowed
 */
public record SettingsMistake(String where, String key, String value, String problem) {
  /** One line for people. */
  public String sentence() {
    var shown = value.isEmpty() ? "" : " = " + value;
    return where + ": " + key + shown + ": " + problem;
  }
}
