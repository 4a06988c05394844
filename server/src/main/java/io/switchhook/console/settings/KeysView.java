package io.switchhook.console.settings;

import io.switchhook.console.Frame;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page of keys shows.
 *
 * @param self where its forms go
 * @param revoked not empty when a key was revoked just now
 * @param problem {@code own} or {@code gone}: why none was; {@code ""} when nothing was wrong
 */
record KeysView(
    Frame frame, Tabs tabs, List<KeyList> lists, String self, String revoked, String problem) {
  KeysView {
    lists = List.copyOf(lists);
  }

  /**
   * The keys of one owner, and the form that makes one more.
   *
   * @param mayChooseCalls true when a key of this owner may or may not start calls
   * @param name what was typed into the form
   * @param made null when none was made just now
   */
  record KeyList(
      String whose,
      String title,
      String hint,
      List<Row> keys,
      boolean mayChooseCalls,
      String name,
      boolean mayStartCalls,
      String nameProblem,
      String problem,
      @Nullable Made made) {
    KeyList {
      keys = List.copyOf(keys);
    }
  }

  /** A key that was made just now: the only time that its text is shown. */
  record Made(String name, String text) {
    @Override
    public String toString() {
      return "Made " + name;
    }
  }

  /**
   * A key.
   *
   * @param lastUsedAt null when it never was
   * @param isOwn true for the one that was logged in with
   */
  record Row(
      String id,
      String name,
      boolean mayStartCalls,
      Instant createdAt,
      @Nullable Instant lastUsedAt,
      boolean isOwn) {}
}
