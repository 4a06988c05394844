package io.switchhook.company;

import java.util.List;

/** What came of a change of configuration. Unless it is done, nothing was changed. */
public sealed interface Change<T> {
  /** It is durable and holds. */
  record Done<T>(T value) implements Change<T> {}

  /** What was asked for is not allowed; all mistakes. */
  record Refused<T>(List<FieldMistake> mistakes) implements Change<T> {
    public Refused {
      mistakes = List.copyOf(mistakes);
    }
  }

  /** There is something already that stands against it. */
  record Conflict<T>(String words) implements Change<T> {}

  /** What was to be changed does not exist (any more). */
  record NotFound<T>() implements Change<T> {}

  /** Somebody else has changed it since the revision that the caller saw. */
  record Stale<T>(long revision) implements Change<T> {}

  /** It could not be stored; trying again later may help. */
  record Unavailable<T>(String words) implements Change<T> {}
}
