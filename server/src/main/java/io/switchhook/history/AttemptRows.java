package io.switchhook.history;

import io.switchhook.delivery.Observer.AttemptReport;
import io.switchhook.event.Bytes;
import io.switchhook.target.Outcome;
import io.switchhook.target.Outcome.Answer;
import io.switchhook.target.Telling.Mark;
import io.switchhook.webhook.RequestShape.Header;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what an attempt came to: shortened, and without the secrets that answers carry. */
final class AttemptRows {
  static final int FAILURE_BODY_BYTES_MAX = 16 * 1024;
  static final int SUCCESS_BODY_BYTES_MAX = 256;
  static final int HEADER_COUNT_MAX = 64;
  static final int HEADER_VALUE_LENGTH_MAX = 1_024;
  static final String SECRET_MARK = "••••";

  private static final List<String> SECRET_HEADERS =
      List.of("authorization", "proxy-authorization", "cookie", "set-cookie");

  private AttemptRows() {}

  /**
   * @param target the host that was asked, and its port when the URL names one; null when it is not
   *     known any more
   */
  static AttemptRow of(AttemptReport report, @Nullable String target) {
    return switch (report.outcome()) {
      case Outcome.Delivered(int status, var answer, _) ->
          row(report, status, "answered " + status, limited(answer, SUCCESS_BODY_BYTES_MAX));
      case Outcome.Refused(int status, _, var answer, _) ->
          row(
              report,
              status,
              target == null ? "answered " + status : status + " from " + target,
              limited(answer, FAILURE_BODY_BYTES_MAX));
      case Outcome.Unreachable(_, var words, _) ->
          row(report, null, words, new Answer(List.of(), Bytes.empty(), /* cut= */ false));
    };
  }

  private static AttemptRow row(
      AttemptReport report, @Nullable Integer status, String words, Answer answer) {
    return new AttemptRow(
        report.attempt(),
        report.startedAt().truncatedTo(ChronoUnit.MILLIS),
        report.outcome().took().truncatedTo(ChronoUnit.MICROS),
        status,
        words,
        answer.headers(),
        answer.body(),
        answer.cut(),
        report.nextAttemptAt(),
        report.mark() == Mark.REPLAY);
  }

  private static Answer limited(Answer answer, int bodyBytesMax) {
    var headers = new ArrayList<Header>();
    for (var header : answer.headers()) {
      if (headers.size() == HEADER_COUNT_MAX) {
        break;
      }
      headers.add(safe(header));
    }
    if (answer.body().size() <= bodyBytesMax) {
      return new Answer(headers, answer.body(), answer.cut());
    }
    var beginning = Bytes.wrap(Arrays.copyOf(answer.body().array(), bodyBytesMax));
    return new Answer(headers, beginning, /* cut= */ true);
  }

  private static Header safe(Header header) {
    if (isSecret(header.name())) {
      return new Header(header.name(), SECRET_MARK);
    }
    return header.value().length() <= HEADER_VALUE_LENGTH_MAX
        ? header
        : new Header(header.name(), header.value().substring(0, HEADER_VALUE_LENGTH_MAX));
  }

  private static boolean isSecret(String name) {
    for (var secret : SECRET_HEADERS) {
      if (secret.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
