package io.switchhook.routing;

import io.switchhook.journal.JournalRecord;
import java.util.List;

/** The fields of a call log as text, for conditions. */
@FunctionalInterface
public interface LogFields {
  /**
   * The values at a dotted path such as {@code call_state} or {@code _ld.0._ds}: one for a plain
   * value, one for each element of a list, none when it is absent or null.
   */
  List<String> values(String path);

  /** The fields of a record's call log, which is read when the first field is asked for. */
  static LogFields of(JournalRecord record) {
    return new RecordFields(record);
  }
}
