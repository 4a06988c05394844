package io.switchhook.replay;

import io.switchhook.delivery.Replay;
import io.switchhook.event.CompanyId;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A replay as it stands.
 *
 * @param total how many events it is about: counted at the request, and, once it is over to its
 *     end, how many there were
 * @param done how many of them were told, or given up again; never above {@code total}
 * @param gone how many of them retention had dropped before their turn came; 0 while it runs
 * @param keptFrom acceptance time of the oldest event that was kept at the request, when what was
 *     asked for begins before; null otherwise
 * @param reason why it was cancelled, in words; null otherwise
 * @param finishedAt engine time at which it was over; null while it runs
 */
public record StoredReplay(
    Replay replay,
    CompanyId company,
    long total,
    long done,
    long gone,
    @Nullable Instant keptFrom,
    State state,
    @Nullable String reason,
    @Nullable Instant finishedAt) {
  /** How a replay stands. The words are stored and the API's: they never change meaning. */
  public enum State {
    /** It tells; or it will, when its webhook answers again. */
    RUNNING("running"),
    /** Everything that it is about was told, or given up again. */
    DONE("done"),
    /** Somebody, or a change of the webhook, has ended it early. */
    CANCELLED("cancelled");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** The word of the API. */
    public String word() {
      return word;
    }

    /** The state with this word. */
    public static State ofWord(String word) {
      return Arrays.stream(values())
          .filter(state -> state.word.equals(word))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no replay is " + word));
    }
  }

  /** True until it is over. */
  public boolean isRunning() {
    return state == State.RUNNING;
  }

  /** What was asked for. */
  public Asked asked() {
    var call = replay.call();
    return new Asked(
        call == null ? null : call.uid(),
        replay.from().equals(Asked.BEGINNING) ? null : replay.from(),
        replay.to().equals(Asked.FOREVER) ? null : replay.to(),
        replay.only());
  }

  /** The same, so far. */
  StoredReplay movedTo(long soMany) {
    return new StoredReplay(
        replay,
        company,
        Math.max(total, soMany),
        soMany,
        gone,
        keptFrom,
        state,
        reason,
        finishedAt);
  }

  /**
   * The same, told to its end.
   *
   * @param retentionTookPart true when retention has dropped some of its range: then what is
   *     missing is gone; else there was no more of it
   */
  StoredReplay doneAt(Instant at, boolean retentionTookPart) {
    var missing = retentionTookPart ? total - done : 0;
    return new StoredReplay(
        replay, company, done + missing, done, missing, keptFrom, State.DONE, null, at);
  }

  /** The same, ended early. */
  StoredReplay cancelledAt(Instant at, String why) {
    return new StoredReplay(replay, company, total, done, gone, keptFrom, State.CANCELLED, why, at);
  }
}
