package io.switchhook.routing;

import io.switchhook.calllog.CallLog;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.ReadResult.Malformed;
import io.switchhook.calllog.ReadResult.Read;
import io.switchhook.journal.JournalRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record's call log once. What was checked before it was kept is expected to be readable.
 */
final class RecordFields implements LogFields {
  private final JournalRecord record;
  private @Nullable CallLog log;

  RecordFields(JournalRecord record) {
    this.record = record;
  }

  @Override
  public List<String> values(String path) {
    if (log == null) {
      log = read();
    }
    return log.values(path);
  }

  private CallLog read() {
    return switch (CallLogReader.read(record.body().array())) {
      case Read(var readable) -> readable;
      case Malformed malformed ->
          throw new IllegalStateException(
              "record "
                  + record.partition()
                  + "/"
                  + record.offset()
                  + " was a call log when it was kept and is none now: "
                  + malformed.sentence());
    };
  }
}
