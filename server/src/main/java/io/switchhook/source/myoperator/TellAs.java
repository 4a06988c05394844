package io.switchhook.source.myoperator;

/** In which generation of the vendor's webhooks receivers are told. */
public enum TellAs {
  /** In-call logs, after-call logs and dispositions. */
  V1,
  /** Envelopes with an event type and a payload. */
  V2
}
