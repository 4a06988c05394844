package io.switchhook.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the logs of a call say of it, as far as people search and list it. What no log said is null.
 *
 * @param state the last {@code call_state}, 1 to 9
 * @param direction 1 incoming, 2 outgoing
 * @param status {@code "1"} connected, {@code "2"} missed, {@code "3"} voicemail
 * @param clid the customer's number, short
 * @param clidRaw the customer's number with its country code
 * @param rdnis the company's number that was called
 * @param users the users of the last log that named some
 * @param references what the call is called elsewhere, in the last log that said so: the client's
 *     own reference first, then the one that was made for it
 */
public record CallFacts(
    @Nullable Integer state,
    @Nullable Integer direction,
    @Nullable String status,
    @Nullable String clid,
    @Nullable String clidRaw,
    @Nullable String rdnis,
    List<String> users,
    List<String> references) {
  /** Nothing is known. */
  public static final CallFacts NONE =
      new CallFacts(null, null, null, null, null, null, List.of(), List.of());

  public CallFacts {
    users = List.copyOf(users);
    references = List.copyOf(references);
  }

  /** What is known when {@code later} was said after this. */
  CallFacts then(CallFacts later) {
    return new CallFacts(
        orElse(later.state, state),
        orElse(later.direction, direction),
        orElse(later.status, status),
        orElse(later.clid, clid),
        orElse(later.clidRaw, clidRaw),
        orElse(later.rdnis, rdnis),
        later.users.isEmpty() ? users : later.users,
        later.references.isEmpty() ? references : later.references);
  }

  private static <T> @Nullable T orElse(@Nullable T first, @Nullable T second) {
    return first == null ? second : first;
  }
}
