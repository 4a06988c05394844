package io.switchhook.console.calls;

import io.switchhook.admin.HttpApi;
import io.switchhook.console.CallWords.Badge;
import io.switchhook.console.ConsoleAnswer;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.ConsoleRoute;
import io.switchhook.console.DeliveryWords;
import io.switchhook.console.Frame;
import io.switchhook.console.RequestText;
import io.switchhook.console.Templates;
import io.switchhook.event.CallId;
import io.switchhook.history.AttemptRow;
import io.switchhook.history.CallStory;
import io.switchhook.history.CallStory.Chapter;
import io.switchhook.history.DeliveryOutcome;
import io.switchhook.history.DeliveryRow;
import io.switchhook.target.Telling;
import io.switchhook.webhook.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One event: the log as it came, and for each webhook the exact request and what came back. */
final class EventPage {
  private final HttpApi.Parts parts;
  private final Templates templates;

  EventPage(HttpApi.Parts parts, Templates templates) {
    this.parts = parts;
    this.templates = templates;
  }

  List<ConsoleRoute> routes() {
    return List.of(ConsoleRoute.get("/calls/{uid}/{sequence}", this::show));
  }

  /** What the page shows. */
  record View(
      Frame frame,
      String uid,
      String call,
      int sequence,
      String eventId,
      Badge badge,
      String kind,
      Instant acceptedAt,
      Instant happenedAt,
      String log,
      String routing,
      List<Told> told) {
    View {
      told = List.copyOf(told);
    }
  }

  /**
   * How one webhook was told.
   *
   * @param request as it goes out with the webhook's settings of now; {@code ""} when that cannot
   *     be said
   */
  record Told(String webhook, Badge badge, String request, String curl, List<Tried> tried) {
    Told {
      tried = List.copyOf(tried);
    }
  }

  /** One attempt. */
  record Tried(
      int number,
      boolean isReplay,
      Instant startedAt,
      Duration took,
      String words,
      Badge badge,
      String answer,
      boolean isCut) {}

  private ConsoleAnswer show(ConsoleRequest request) {
    var uid = request.inPath("uid");
    return story(request, uid)
        .flatMap(
            story ->
                story.events().stream()
                    .filter(
                        chapter ->
                            String.valueOf(chapter.event().sequence())
                                .equals(request.inPath("sequence")))
                    .findFirst()
                    .<ConsoleAnswer>map(
                        chapter -> templates.page("calls/event", view(request, story, chapter))))
        .orElseGet(
            () ->
                templates.page(
                    "calls/gone",
                    new CallPage.GoneView(request.frame("No such event"), request.link("calls"))));
  }

  private Optional<CallStory> story(ConsoleRequest request, String uid) {
    return uid.isEmpty() || uid.length() > CallId.UID_LENGTH_MAX
        ? Optional.empty()
        : parts.history().call(new CallId(request.company().id(), uid));
  }

  private View view(ConsoleRequest request, CallStory story, Chapter chapter) {
    var event = chapter.event();
    var uid = event.call().uid();
    var names = CallPage.names(parts, request);
    return new View(
        request.frame("Event " + event.sequence() + " of " + uid),
        uid,
        request.link("calls", uid),
        event.sequence(),
        event.eventId(),
        EventView.badge(event),
        EventView.kind(event),
        event.acceptedAt(),
        event.happenedAt(),
        EventView.pretty(event),
        switch (chapter.routing()) {
          case NOT_YET -> "It has not been looked at yet who wants this event.";
          case NO_WEBHOOK -> "No webhook wants this event: none has its trigger and conditions.";
          case WEBHOOKS -> "";
        },
        chapter.deliveries().stream()
            .map(row -> told(names.apply(row.webhook()), story, chapter, row))
            .toList());
  }

  private Told told(String name, CallStory story, Chapter chapter, DeliveryRow row) {
    var text =
        parts
            .webhooks()
            .find(chapter.event().call().company(), row.webhook())
            .flatMap(webhook -> request(webhook, story, chapter, row));
    return new Told(
        name,
        DeliveryWords.badge(row.outcome()),
        text.map(RequestText::raw).orElse(""),
        text.map(RequestText::curl).orElse(""),
        row.attempts().stream().map(EventPage::tried).toList());
  }

  /** The request of the last attempt, or of the first when there was none. */
  private Optional<RequestText> request(
      Webhook webhook, CallStory story, Chapter chapter, DeliveryRow row) {
    var last = row.attempts().isEmpty() ? null : row.attempts().getLast();
    var mark = last != null && last.replay() ? Telling.Mark.REPLAY : Telling.Mark.LIVE;
    var telling =
        new Telling(
            chapter.event(),
            previous(story, chapter, row),
            skipped(story, chapter, row),
            last == null ? 1 : last.number(),
            mark);
    var shape = webhook.settings().request();
    var at = last == null ? parts.clock().instant() : last.startedAt();
    try {
      return Optional.of(new RequestText(shape, parts.composer().compose(shape, telling, at)));
    } catch (IllegalArgumentException e) {
      // It cannot be composed: that is what the attempt's words say.
      return Optional.empty();
    }
  }

  private static int previous(CallStory story, Chapter chapter, DeliveryRow row) {
    return earlier(story, chapter, row).isEmpty()
        ? 0
        : earlier(story, chapter, row).getLast().event().sequence();
  }

  /** How many were given up right before this one. */
  private static int skipped(CallStory story, Chapter chapter, DeliveryRow row) {
    int skipped = 0;
    for (var before : earlier(story, chapter, row).reversed()) {
      if (before.outcome() == DeliveryOutcome.DELIVERED) {
        break;
      }
      skipped++;
    }
    return skipped;
  }

  private static List<DeliveryRow> earlier(CallStory story, Chapter chapter, DeliveryRow row) {
    return story.events().stream()
        .filter(it -> it.event().sequence() < chapter.event().sequence())
        .flatMap(it -> it.deliveries().stream())
        .filter(it -> it.webhook().equals(row.webhook()))
        .toList();
  }

  private static Tried tried(AttemptRow attempt) {
    var isGood = attempt.status() != null && attempt.status() / 100 == 2;
    return new Tried(
        attempt.number(),
        attempt.replay(),
        attempt.startedAt(),
        attempt.took(),
        attempt.words(),
        isGood ? new Badge("delivered", "accepted") : new Badge("given-up", "failed"),
        answer(attempt),
        attempt.answerCut());
  }

  private static String answer(AttemptRow attempt) {
    if (attempt.status() == null) {
      return "";
    }
    var headers =
        attempt.answerHeaders().stream()
            .map(header -> header.name() + ": " + header.value() + "\n")
            .collect(Collectors.joining());
    var body = attempt.answerExcerpt().utf8();
    return "HTTP " + attempt.status() + "\n" + headers + (body.isEmpty() ? "" : "\n" + body);
  }
}
