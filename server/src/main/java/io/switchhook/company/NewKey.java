package io.switchhook.company;

/**
 * A key at the only moment at which its text is known.
 *
 * @param text what goes behind {@code Authorization: Bearer}
 */
public record NewKey(ApiKey key, String text) {
  @Override
  public String toString() {
    return "NewKey " + key.id();
  }
}
