package io.switchhook.console.webhooks;

import io.switchhook.admin.HttpApi;
import io.switchhook.company.Change;
import io.switchhook.company.FieldMistake;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.LocalTimes;
import io.switchhook.delivery.Replay.Only;
import io.switchhook.replay.Asked;
import io.switchhook.replay.Replays;
import io.switchhook.replay.StoredReplay;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what somebody asks to be told again, counts it, and begins it. */
final class AskAgain {
  private final HttpApi.Parts parts;

  AskAgain(HttpApi.Parts parts) {
    this.parts = parts;
  }

  /** What is offered before anybody has chosen. */
  static ReplayView.Ask unasked() {
    return new ReplayView.Ask("day", "", "", "", false, "", List.of());
  }

  /** What was chosen, counted; nothing is started. */
  CompletionStage<ReplayView.Ask> count(ConsoleRequest request, Replays.Which which) {
    var chosen =
        new ReplayView.Ask(
            request.inForm("range"),
            request.inForm("from"),
            request.inForm("to"),
            request.inForm("zone"),
            request.inForm("only").equals("all"),
            "",
            List.of());
    var asked = asked(chosen);
    if (asked.isEmpty()) {
      return CompletableFuture.completedStage(
          with(chosen, "Choose from when to when: a day and a time each, the first the earlier."));
    }
    return parts
        .replays()
        .count(which, asked.get())
        .thenApply(
            change ->
                change instanceof Change.Done<StoredReplay>(var counted)
                    ? with(chosen, counted(counted, asked.get()))
                    : with(chosen, "Nothing can be told again: " + problem(change) + "."));
  }

  private static ReplayView.Ask with(ReplayView.Ask ask, String problem) {
    return new ReplayView.Ask(
        ask.range(), ask.from(), ask.to(), ask.zone(), ask.isAll(), problem, List.of());
  }

  private static ReplayView.Ask with(ReplayView.Ask ask, ReplayView.Counted counted) {
    return new ReplayView.Ask(
        ask.range(), ask.from(), ask.to(), ask.zone(), ask.isAll(), "", List.of(counted));
  }

  private static ReplayView.Counted counted(StoredReplay counted, Asked asked) {
    return new ReplayView.Counted(
        counted.total(),
        ReplayView.only(asked),
        text(asked.from()),
        text(asked.to()),
        counted.keptFrom());
  }

  private static String text(@Nullable Instant at) {
    return at == null ? "" : at.toString();
  }

  private Optional<Asked> asked(ReplayView.Ask chosen) {
    var now = parts.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    var only = chosen.isAll() ? Only.ALL : Only.FAILED;
    return switch (chosen.range()) {
      case "hour" -> Optional.of(new Asked(null, now.minus(Duration.ofHours(1)), now, only));
      case "day" -> Optional.of(new Asked(null, now.minus(Duration.ofDays(1)), now, only));
      case "week" -> Optional.of(new Asked(null, now.minus(Duration.ofDays(7)), now, only));
      case "kept" -> Optional.of(new Asked(null, null, now, only));
      default -> {
        var zone = LocalTimes.zone(chosen.zone());
        var from = LocalTimes.read(chosen.from(), zone);
        var to = LocalTimes.read(chosen.to(), zone);
        yield from.isPresent() && to.isPresent() && from.get().isBefore(to.get())
            ? Optional.of(new Asked(null, from.get(), to.get(), only))
            : Optional.empty();
      }
    };
  }

  /** Begins what was counted. */
  CompletionStage<Change<StoredReplay>> start(ConsoleRequest request, Replays.Which which) {
    var only = request.inForm("only").equals("all") ? Only.ALL : Only.FAILED;
    var from = exact(request.inForm("exact_from"));
    var to = exact(request.inForm("exact_to"));
    return parts.replays().start(which, new Asked(null, from.orElse(null), to.orElse(null), only));
  }

  private static Optional<Instant> exact(String text) {
    try {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(Instant.parse(text)).filter(at -> at.isAfter(Instant.EPOCH));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Why something was not done, in words. */
  static String problem(Change<?> change) {
    return switch (change) {
      case Change.Done<?> _ -> "";
      case Change.Refused<?>(var mistakes) ->
          mistakes.stream().map(FieldMistake::problem).collect(Collectors.joining("; "));
      case Change.Conflict<?>(var words) -> words;
      case Change.NotFound<?> _ -> "it is not there any more";
      case Change.Stale<?> _ -> "somebody else has changed it just now";
      case Change.Unavailable<?>(var words) -> words;
    };
  }
}
