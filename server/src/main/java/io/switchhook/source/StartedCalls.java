package io.switchhook.source;

import io.switchhook.event.CompanyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Remembers the calls that were asked for, so that the same client reference starts no second one,
 * and a call is known as ours after a restart.
 */
public interface StartedCalls {
  /**
   * One of them.
   *
   * @param clientRefId the client's own reference; {@code ""} when it gave none
   * @param request what its source must know of it, in words of its own
   */
  record Entry(
      CompanyId company,
      String source,
      String clientRefId,
      String referenceId,
      Instant askedAt,
      String request) {}

  /**
   * Keeps the entry, unless its client reference is in one of its company that was asked for after
   * {@code since}: then that one is told. Completes when it is durable.
   */
  CompletionStage<Optional<Entry>> keep(Entry entry, Instant since);

  /** Forgets an entry: its call was not started. Completes when that is durable. */
  CompletionStage<Void> forget(String referenceId);

  /** What a source was asked for after {@code since}. Blocks. */
  List<Entry> of(String source, Instant since);
}
