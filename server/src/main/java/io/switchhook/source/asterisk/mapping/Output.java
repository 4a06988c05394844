package io.switchhook.source.asterisk.mapping;

import io.switchhook.event.CallId;
import io.switchhook.journal.NewRecord;
import io.switchhook.source.asterisk.OriginateRequest;

/** What comes of an input. All records of one step are to be appended in one batch, in order. */
public sealed interface Output {
  /** An in-call log or a note to append. */
  record Append(NewRecord record) implements Output {}

  /** A request of ours is this call. */
  record Began(OriginateRequest request, CallId call) implements Output {}
}
