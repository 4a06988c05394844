package io.switchhook.console.webhooks;

import io.switchhook.admin.WebhookTrial.Tried;
import io.switchhook.console.CallWords.Badge;
import io.switchhook.console.RequestText;
import io.switchhook.console.Texts;
import io.switchhook.target.Outcome;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of a trial.
 *
 * @param advice what to do about it; {@code ""} when all is well
 * @param answer the status line and the headers; none when no status line came
 */
record TriedView(
    Badge badge,
    String words,
    String took,
    String advice,
    List<String> answer,
    String body,
    boolean isCut,
    String request,
    String curl) {
  TriedView {
    answer = List.copyOf(answer);
  }

  static TriedView of(Tried tried) {
    var text = new RequestText(tried.shape(), tried.request());
    var took = Texts.length(tried.outcome().took());
    return switch (tried.outcome()) {
      case Outcome.Delivered(int status, var answer, _) ->
          new TriedView(
              new Badge("delivered", "accepted"),
              "answered " + status,
              took,
              "",
              lines(status, answer),
              answer.body().utf8(),
              answer.cut(),
              text.raw(),
              text.curl());
      case Outcome.Refused(int status, _, var answer, _) ->
          new TriedView(
              new Badge("given-up", "refused"),
              "answered " + status,
              took,
              advice(status),
              lines(status, answer),
              answer.body().utf8(),
              answer.cut(),
              text.raw(),
              text.curl());
      case Outcome.Unreachable(var reason, var words, _) ->
          new TriedView(
              new Badge("given-up", "no answer"),
              words,
              took,
              advice(reason),
              List.of(),
              "",
              false,
              text.raw(),
              text.curl());
    };
  }

  private static List<String> lines(int status, Outcome.Answer answer) {
    var headers =
        Tried.masked(answer).stream().map(header -> header.name() + ": " + header.value());
    return Stream.concat(Stream.of("HTTP/1.1 " + status), headers).toList();
  }

  private static String advice(int status) {
    return switch (status) {
      case 401, 403 -> "The receiver wants another secret: look at the headers and at basic auth.";
      case 404 -> "The receiver knows no such address: look at the path of the target URL.";
      case 405 -> "The receiver takes another method.";
      case 410 -> "The receiver says that it is gone. In earnest this would disable the webhook.";
      case 413 -> "The receiver takes smaller bodies only.";
      case 415 -> "The receiver wants another body: look at how the call log is written.";
      case 429 -> "The receiver has too much to do at present.";
      default -> {
        if (status / 100 == 3) {
          yield "Redirects are not followed: enter the address that it leads to.";
        }
        yield status / 100 == 5
            ? "The receiver failed; its own log says why."
            : "Only an answer from 200 to 299 counts as accepted.";
      }
    };
  }

  private static String advice(Outcome.Reason reason) {
    return switch (reason) {
      case NO_REQUEST -> "Look at the target URL and the headers.";
      case NAME_NOT_FOUND -> "Look at the host in the target URL.";
      case FORBIDDEN_ADDRESS ->
          "If it is yours, allow it: targets.allowed-networks in switchhook.yaml.";
      case NO_CONNECTION -> "Does the receiver run, and is its port open for this machine?";
      case NO_TLS -> "Look at the receiver’s certificate.";
      case CONNECTION_LOST, BAD_ANSWER -> "The receiver’s own log, or a proxy before it, says why.";
      case TIMED_OUT -> "Answer first and work later, or allow more time.";
    };
  }
}
