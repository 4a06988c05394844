package io.switchhook.admin;

import io.switchhook.company.Change;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Turns what came of a change into an answer. */
final class Outcomes {
  private static final String RETRY_SECONDS = "5";

  private Outcomes() {}

  static <T> CompletionStage<Answer> answer(
      CompletionStage<Change<T>> change, Function<T, Answer> done) {
    return change.thenApply(
        outcome ->
            switch (outcome) {
              case Change.Done<T>(var value) -> done.apply(value);
              case Change.Refused<T>(var mistakes) -> Answer.problem(Problem.invalid(mistakes));
              case Change.Conflict<T>(var words) ->
                  Answer.problem(ProblemType.CONFLICT, sentence(words) + " Nothing was changed.");
              case Change.NotFound<T> _ -> notFound();
              case Change.Stale<T>(long revision) ->
                  Answer.problem(
                      ProblemType.STALE,
                      "It is at revision \""
                          + revision
                          + "\" now; read it again, then send the change with that If-Match.");
              case Change.Unavailable<T>(var words) ->
                  Answer.problem(ProblemType.UNAVAILABLE, sentence(words))
                      .with("Retry-After", RETRY_SECONDS);
            });
  }

  /** The same answer for what does not exist and for what is another company's. */
  static Answer notFound() {
    return Answer.problem(
        ProblemType.NOT_FOUND, "There is nothing at this address that this key may see.");
  }

  static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }
}
