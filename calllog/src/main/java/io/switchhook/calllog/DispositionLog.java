package io.switchhook.calllog;

import io.switchhook.calllog.JsonValue.Fields;
import io.switchhook.calllog.JsonValue.Items;
import java.util.ArrayList;
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
  /** The name under which an entry that is no object stands. */
  private static final String BARE = "value";

  public DispositionLog {
    dispositions = dispositions.stream().map(DispositionLog::copyInOrder).toList();
  }

  /** Reads a disposition log leniently: what is absent is empty. */
  public static DispositionLog of(CallLog log) {
    if (log.kind() != LogKind.DISPOSITION) {
      throw new IllegalArgumentException("not a disposition log: " + log);
    }
    var dispositions = new ArrayList<Map<String, String>>();
    if (log.root().values().get("_dsp") instanceof Items(_, var values)) {
      values.forEach(value -> dispositions.add(entry(value)));
    }
    return new DispositionLog(AfterCallLog.of(log), dispositions);
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

  private static Map<String, String> entry(JsonValue value) {
    var entry = new LinkedHashMap<String, String>();
    if (value instanceof Fields(_, var fields)) {
      fields.forEach((name, field) -> entry.put(name, textOf(field)));
    } else {
      entry.put(BARE, textOf(value));
    }
    return entry;
  }

  private static String textOf(JsonValue value) {
    var text = CallLog.textOf(value);
    return text == null ? "" : text;
  }

  private static Map<String, String> copyInOrder(Map<String, String> entry) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(entry));
  }
}
