package io.switchhook.console.calls;

import io.switchhook.console.CallWords;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.Frame;
import io.switchhook.history.CallSummary;
import io.switchhook.history.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the list of calls shows.
 *
 * @param next the address of the next page; {@code ""} at the end
 * @param isFirst true for the first page
 */
record CallsView(
    Frame frame,
    CallSearch search,
    List<State> states,
    List<Row> rows,
    String self,
    String next,
    String first,
    String csv,
    boolean isFirst) {
  CallsView {
    states = List.copyOf(states);
    rows = List.copyOf(rows);
  }

  /** A state to choose. */
  record State(int number, String words, boolean isChosen) {}

  /** One call. */
  record Row(
      String href,
      String uid,
      CallWords.Badge badge,
      String number,
      String direction,
      String users,
      Instant startedAt,
      Duration lasted,
      int events) {}

  static CallsView of(ConsoleRequest request, CallSearch search, Page<CallSummary> page) {
    var self = request.link("calls");
    var next = page.next();
    return new CallsView(
        request.frame("Calls"),
        search,
        IntStream.rangeClosed(1, 9)
            .filter(number -> number != 8)
            .mapToObj(
                number ->
                    new State(
                        number,
                        CallWords.state(number),
                        search.text("state").equals(String.valueOf(number))))
            .toList(),
        page.items().stream().map(call -> row(request, call)).toList(),
        self,
        next == null ? "" : self + search.queryString("cursor=" + next.text()),
        self + search.queryString(""),
        self + ".csv" + search.queryString(""),
        search.query().cursor() == null);
  }

  private static Row row(ConsoleRequest request, CallSummary call) {
    var facts = call.facts();
    return new Row(
        request.link("calls", call.call().uid()),
        call.call().uid(),
        CallWords.badge(facts),
        CallWords.number(facts),
        CallWords.direction(facts),
        String.join(", ", facts.users()),
        call.startedAt(),
        Duration.between(call.startedAt(), call.lastAt()),
        call.events());
  }
}
