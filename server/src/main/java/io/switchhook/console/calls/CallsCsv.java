package io.switchhook.console.calls;

import io.switchhook.console.CallWords;
import io.switchhook.history.CallQuery;
import io.switchhook.history.CallSummary;
import io.switchhook.history.History;
import io.switchhook.history.Page;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a search found as CSV (RFC 4180), page after page, as quickly as it is read. A cell
 * that a spreadsheet would take for a formula gets an apostrophe before it.
 */
final class CallsCsv {
  private static final String HEAD =
      "uid,started_at,last_at,direction,number,clid,line,state,status,users,references,events\r\n";

  private CallsCsv() {}

  static void write(History history, CallQuery query, HttpServerResponse response) {
    await(response, HEAD);
    var page = query;
    while (true) {
      var found = history.calls(page);
      await(response, found.items().stream().map(CallsCsv::line).collect(Collectors.joining()));
      var next = found.next();
      if (next == null) {
        break;
      }
      page = query.from(next, Page.SIZE_MAX);
    }
    response.end();
  }

  private static void await(HttpServerResponse response, String text) {
    if (!text.isEmpty()) {
      response.write(text).toCompletionStage().toCompletableFuture().join();
    }
  }

  private static String line(CallSummary call) {
    var facts = call.facts();
    return List.of(
                call.call().uid(),
                call.startedAt().toString(),
                call.lastAt().toString(),
                CallWords.direction(facts),
                text(facts.clidRaw()),
                text(facts.clid()),
                text(facts.rdnis()),
                facts.state() == null ? "" : CallWords.state(facts.state()),
                text(facts.status()),
                String.join(" ", facts.users()),
                String.join(" ", facts.references()),
                String.valueOf(call.events()))
            .stream()
            .map(CallsCsv::cell)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** A value as a cell. */
  static String cell(String value) {
    var safe = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
