package io.switchhook.calllog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The disposition log: a call log plus {@code _dsp}, one entry for each tag that an agent gave. The
 * vendor does not publish the entries' keys, so an entry is its fields as texts.
 *
 * @param call the call log that was tagged
 */
public record DispositionLog(AfterCallLog call, List<Map<String, String>> dispositions) {
  public DispositionLog {
    dispositions = dispositions.stream().map(DispositionLog::copyInOrder).toList();
  }

  /** Reads a disposition log leniently: what is absent is empty. */
  public static DispositionLog of(CallLog log) {
    if (log.kind() != LogKind.DISPOSITION) {
      throw new IllegalArgumentException("not a disposition log: " + log);
    }
    return new DispositionLog(AfterCallLog.of(log), new FieldReader(log.root()).entries("_dsp"));
  }

  /** The log: the after-call log's keys, then {@code _dsp}; no white space. */
  public String toJson() {
    var out = new StringBuilder(2048);
    var object = new ObjectWriter(out);
    WriteAfterCall.into(object, call);
    object.objects("_dsp", dispositions, (o, entry) -> entry.forEach(o::text));
    object.end();
    return out.toString();
  }

  /** Says what it is, not whose: call logs hold telephone numbers. */
  @Override
  public String toString() {
    return "disposition log of " + dispositions.size() + " tags";
  }

  private static Map<String, String> copyInOrder(Map<String, String> entry) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(entry));
  }
}
