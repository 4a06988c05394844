package io.switchhook.webhook;

import io.switchhook.event.Kind;

/** Which kind of events a webhook is for. */
public enum Trigger {
  IN_CALL("in_call", Kind.IN_CALL),
  AFTER_CALL("after_call", Kind.AFTER_CALL),
  DISPOSITION("disposition", Kind.DISPOSITION);

  private final String word;
  private final Kind kind;

  Trigger(String word, Kind kind) {
    this.word = word;
    this.kind = kind;
  }

  /** The word in the JSON. */
  public String word() {
    return word;
  }

  /** The kind of record that pulls this trigger. */
  public Kind kind() {
    return kind;
  }
}
