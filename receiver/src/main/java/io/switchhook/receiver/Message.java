package io.switchhook.receiver;

import io.switchhook.calllog.AfterCallLog;
import io.switchhook.calllog.CallLog;
import io.switchhook.calllog.DispositionLog;
import io.switchhook.calllog.InCallLog;
import io.switchhook.calllog.v2.Envelope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a request tells, typed, and the parameters of its query in their order. */
public sealed interface Message {
  /** The query's parameters: all that a GET brings, and beside the log in a POST. */
  Map<String, String> parameters();

  /** The call that it is of; of a GET the parameter {@code uid}, when the webhook is so set. */
  Optional<String> uid();

  /** The call log exactly as it came, with the keys that no type knows; empty without one. */
  default Optional<CallLog> source() {
    return Optional.empty();
  }

  /** A call state, while the call lasts. */
  record InCall(InCallLog log, CallLog raw, Map<String, String> parameters) implements Message {
    public InCall {
      parameters = inOrder(parameters);
    }

    @Override
    public Optional<String> uid() {
      return Optional.of(raw.uid());
    }

    @Override
    public Optional<CallLog> source() {
      return Optional.of(raw);
    }
  }

  /** The record of a whole call. */
  record AfterCall(AfterCallLog log, CallLog raw, Map<String, String> parameters)
      implements Message {
    public AfterCall {
      parameters = inOrder(parameters);
    }

    @Override
    public Optional<String> uid() {
      return Optional.of(raw.uid());
    }

    @Override
    public Optional<CallLog> source() {
      return Optional.of(raw);
    }
  }

  /** A call that an agent tagged. */
  record Disposition(DispositionLog log, CallLog raw, Map<String, String> parameters)
      implements Message {
    public Disposition {
      parameters = inOrder(parameters);
    }

    @Override
    public Optional<String> uid() {
      return Optional.of(raw.uid());
    }

    @Override
    public Optional<CallLog> source() {
      return Optional.of(raw);
    }
  }

  /**
   * An event of MyOperator's Webhook v2.
   *
   * @param json the event as it came
   */
  record Event(Envelope envelope, String json, Map<String, String> parameters) implements Message {
    public Event {
      parameters = inOrder(parameters);
    }

    @Override
    public Optional<String> uid() {
      return Optional.of(envelope.sessionId()).filter(uid -> !uid.isEmpty());
    }
  }

  /** No call log: a GET, or a POST without a body. */
  record ParametersOnly(Map<String, String> parameters) implements Message {
    public ParametersOnly {
      parameters = inOrder(parameters);
    }

    @Override
    public Optional<String> uid() {
      return Optional.ofNullable(parameters.get("uid")).filter(uid -> !uid.isEmpty());
    }
  }

  /** What a log that was read tells. */
  static Message of(CallLog log, Map<String, String> parameters) {
    return switch (log.kind()) {
      case IN_CALL -> new InCall(InCallLog.of(log), log, parameters);
      case AFTER_CALL -> new AfterCall(AfterCallLog.of(log), log, parameters);
      case DISPOSITION -> new Disposition(DispositionLog.of(log), log, parameters);
    };
  }

  private static Map<String, String> inOrder(Map<String, String> parameters) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }
}
