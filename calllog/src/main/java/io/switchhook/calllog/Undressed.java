package io.switchhook.calllog;

import io.switchhook.calllog.ReadResult.Malformed;
import io.switchhook.calllog.v2.Envelope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a request told: parameters of its query, and a call log, an event, or neither. */
public sealed interface Undressed {
  /** A call log, and the query's parameters in their order. */
  record WithLog(CallLog log, Map<String, String> parameters, Dress dress) implements Undressed {
    public WithLog {
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
  }

  /**
   * An event of MyOperator's Webhook v2, and the query's parameters in their order.
   *
   * @param json the event as it came
   */
  record WithEnvelope(Envelope envelope, String json, Map<String, String> parameters)
      implements Undressed {
    public WithEnvelope {
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
  }

  /** The query's parameters in their order and nothing else: a GET, or a POST without a body. */
  record ParametersOnly(Map<String, String> parameters) implements Undressed {
    public ParametersOnly {
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
  }

  /** Neither, and why; the place is in the query, the body, or the text that the body wraps. */
  record Unreadable(Malformed reason) implements Undressed {}
}
