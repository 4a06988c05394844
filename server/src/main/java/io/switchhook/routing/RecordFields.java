package io.switchhook.routing;

import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.EnvelopeReader;
import io.switchhook.calllog.FieldScan;
import io.switchhook.calllog.ReadResult.Malformed;
import io.switchhook.calllog.ReadResult.Read;
import io.switchhook.journal.JournalRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields of a record's call log where they stand, and reads it whole, once, for those
 * that are not plain. What was checked before it was kept is expected to be readable; a record that
 * is not, because a later version reads more strictly, has only plain ones. Throwing would stop its
 * whole partition, at each start anew.
 */
final class RecordFields implements LogFields {
  private final JournalRecord record;
  private @Nullable FieldScan scan;
  private @Nullable LogFields fields;

  RecordFields(JournalRecord record) {
    this.record = record;
  }

  @Override
  public List<String> values(String path) {
    if (fields == null && path.indexOf('.') < 0) {
      var found = scan().values(path);
      if (found != null) {
        return found;
      }
    }
    if (fields == null) {
      fields = read();
    }
    return fields.values(path);
  }

  private FieldScan scan() {
    if (scan == null) {
      scan = FieldScan.of(record.body().array());
    }
    return scan;
  }

  private LogFields read() {
    return switch (CallLogReader.read(record.body().array())) {
      case Read(var readable) -> readable::values;
      // Companies that want them are told events of Webhook v2, which are no call logs.
      case Malformed _ ->
          EnvelopeReader.fields(record.body().array())
              .<LogFields>map(event -> event::values)
              .orElse(_ -> List.of());
    };
  }
}
