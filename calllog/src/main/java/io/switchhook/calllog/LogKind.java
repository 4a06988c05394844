package io.switchhook.calllog;

/** Which of the three call logs it is; told by its keys. */
public enum LogKind {
  /** A call state, told while the call lasts. */
  IN_CALL,
  /** The record of a whole call: it has the key {@code _ai}. */
  AFTER_CALL,
  /** A call log that an agent tagged: it has the key {@code _dsp}. */
  DISPOSITION
}
