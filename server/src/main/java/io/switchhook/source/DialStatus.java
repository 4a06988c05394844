package io.switchhook.source;

/** What became of ringing a leg, as {@code _ds} of an after-call log says it. */
public enum DialStatus {
  ANSWER,
  NOANSWER,
  CANCEL,
  BUSY,
  CONGESTION
}
