package io.switchhook.source;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a source is.
 *
 * @param hearing whether it hears now
 * @param since since when it is so
 * @param lastEventAt when it heard something last; null when it never did since the start
 * @param problems what a person should know or mend, in sentences
 */
public record SourceState(
    Hearing hearing, Instant since, @Nullable Instant lastEventAt, List<String> problems) {
  public SourceState {
    problems = List.copyOf(problems);
  }

  /** Whether a source hears. */
  public enum Hearing {
    /** It hears, or its door is open. */
    CONNECTED,
    /** It does not hear, and tries to. */
    DEAF,
    /** It is not started, or closed. */
    STOPPED
  }
}
