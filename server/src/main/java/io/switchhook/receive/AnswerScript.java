package io.switchhook.receive;

import io.switchhook.receive.Answer.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * What is answered to the first, second, third … request; the last answer is repeated for ever. May
 * be used from any thread.
 */
public final class AnswerScript {
  private static final Pattern STATUS = Pattern.compile("([2-5][0-9]{2})(?::([0-9]{1,6}))?");
  private static final int ANSWERS_MAX = 10_000;

  private final List<Answer> answers;
  private final AtomicInteger given = new AtomicInteger();

  private AnswerScript(List<Answer> answers) {
    this.answers = List.copyOf(answers);
  }

  /** What came of reading a script. */
  public sealed interface Parsed {}

  /** A script that can be followed. */
  public record Script(AnswerScript script) implements Parsed {}

  /** No script, and why, in words. */
  public record Wrong(String reason) implements Parsed {}

  /** Answers like this, the last one for ever; at least one. */
  public static AnswerScript of(List<Answer> answers) {
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("a script has at least one answer");
    }
    return new AnswerScript(answers);
  }

  /** Answers 200 to everything. */
  public static AnswerScript ok() {
    return of(List.of(new Status(200, null)));
  }

  /** Reads a script such as {@code 200,503,timeout,reset,slow,429:5,redirect}. */
  public static Parsed parse(String text) {
    var answers = new ArrayList<Answer>();
    for (var word : text.split(",", -1)) {
      var answer = answer(word.strip());
      if (answer.isEmpty()) {
        return new Wrong(
            "'"
                + PlainText.of(word.strip())
                + "' is no answer; allowed is a list of: a status from 200 to 599, a status with"
                + " seconds to wait (429:5), timeout, reset, slow, redirect");
      }
      answers.addAll(answer);
    }
    return answers.size() <= ANSWERS_MAX
        ? new Script(of(answers))
        : new Wrong(answers.size() + " answers; allowed are at most " + ANSWERS_MAX);
  }

  /** The next answer. */
  public Answer next() {
    var last = answers.size() - 1;
    return answers.get(Math.min(given.getAndUpdate(n -> Math.min(n + 1, last)), last));
  }

  /** The answer that a word names; empty for none. */
  private static List<Answer> answer(String word) {
    var status = STATUS.matcher(word);
    if (status.matches()) {
      var seconds = status.group(2) == null ? null : Integer.valueOf(status.group(2));
      return List.of(new Status(Integer.parseInt(status.group(1)), seconds));
    }
    return switch (word) {
      case "timeout" -> List.of(new Answer.Timeout());
      case "reset" -> List.of(new Answer.Reset());
      case "slow" -> List.of(new Answer.Slow());
      case "redirect" -> List.of(new Answer.Redirect());
      default -> List.of();
    };
  }
}
