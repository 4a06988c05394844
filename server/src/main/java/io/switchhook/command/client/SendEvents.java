package io.switchhook.command.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.command.client.LogLines.Line;
import io.switchhook.command.terminal.LocalTimes;
import io.switchhook.command.terminal.ProgressLine;
import io.switchhook.command.terminal.Terminal;
import io.switchhook.command.terminal.Words;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends logs in batches, one after the other, so that the order of a call is kept. */
public final class SendEvents {
  private static final Duration PAUSE_MIN = Duration.ofMillis(250);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(10);

  private final Api api;
  private final String path;
  private final Terminal terminal;
  private long accepted;
  private long duplicates;

  /** Sends to a company of the server behind {@code api}. */
  public SendEvents(Api api, String company, Terminal terminal) {
    this.api = api;
    this.path = Api.path("companies", company, "events");
    this.terminal = terminal;
  }

  /** Sends all lines; false when the server took not all of them. */
  public boolean all(LogLines lines, Duration patience) throws IOException {
    var startedAt = terminal.clock().instant();
    try (var progress = new ProgressLine(terminal)) {
      for (var batch = lines.nextBatch(); !batch.isEmpty(); batch = lines.nextBatch()) {
        var answer = sendUntilTaken(batch, patience, progress);
        if (answer == null || !answer.isSuccess()) {
          progress.clear();
          tellRefusal(lines.name(), batch, answer);
          return false;
        }
        count(answer);
        progress.show(Words.count(accepted, "log") + " taken, at line " + batch.getLast().number());
      }
    }
    terminal.out().println(summary(startedAt));
    return true;
  }

  private String summary(Instant startedAt) {
    var took = Duration.between(startedAt, terminal.clock().instant());
    var again = duplicates == 0 ? "" : " (" + duplicates + " of them were there already)";
    return Words.count(accepted, "log") + " taken" + again + " in " + LocalTimes.length(took) + ".";
  }

  private void count(Api.Answer answer) {
    for (var entry : answer.body().path("accepted")) {
      accepted++;
      if (entry.path("duplicate").asBoolean()) {
        duplicates++;
      }
    }
  }

  /** The server's answer; null when there was none for as long as patience lasted. */
  private Api.@Nullable Answer sendUntilTaken(
      List<Line> batch, Duration patience, ProgressLine progress) {
    var body = batch.stream().map(Line::log).collect(Collectors.joining("\n", "", "\n"));
    var giveUpAt = terminal.clock().instant().plus(patience);
    var pause = PAUSE_MIN;
    while (true) {
      var answer = trySend(body, progress);
      var mayHelp = answer == null || answer.status() == 503 || answer.status() == 429;
      if (!mayHelp || !terminal.clock().instant().isBefore(giveUpAt)) {
        return answer;
      }
      var wait = answer == null || answer.retryAfter() == null ? pause : answer.retryAfter();
      LockSupport.parkNanos((wait.compareTo(PAUSE_MAX) < 0 ? wait : PAUSE_MAX).toNanos());
      pause = pause.multipliedBy(2);
    }
  }

  private Api.@Nullable Answer trySend(String body, ProgressLine progress) {
    try {
      var answer = api.tryPost(path, body, Api.NDJSON);
      if (!answer.isSuccess()) {
        progress.show("The server answered " + answer.status() + "; sending the same again …");
      }
      return answer;
    } catch (ConnectionLostException e) {
      progress.show(e.getMessage() + " Sending the same again …");
      return null;
    }
  }

  private void tellRefusal(String name, List<Line> batch, Api.@Nullable Answer answer) {
    var err = terminal.err();
    if (answer == null) {
      err.println("No connection to the server for as long as --keep-trying says.");
    } else {
      err.println(api.reason(withLinesOf(batch, answer)));
    }
    err.printf(
        "Nothing from line %d of %s on was taken%s; %s before it %s.%n",
        batch.getFirst().number(),
        name,
        answer == null ? " for certain" : "",
        Words.count(accepted, "log"),
        accepted == 1 ? "was" : "were");
  }

  /** The answer with lines counted in what was read instead of in what was sent. */
  private static Api.Answer withLinesOf(List<Line> batch, Api.Answer answer) {
    for (var mistake : answer.body().path("errors")) {
      var line = mistake.path("line").asInt();
      if (mistake instanceof ObjectNode node && line >= 1 && line <= batch.size()) {
        node.put("line", batch.get(line - 1).number());
      }
    }
    return answer;
  }
}
