package io.switchhook.console.calls;

import io.switchhook.admin.HttpApi;
import io.switchhook.company.Change;
import io.switchhook.company.FieldMistake;
import io.switchhook.console.CallWords;
import io.switchhook.console.ConsoleAnswer;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.ConsoleRoute;
import io.switchhook.console.Frame;
import io.switchhook.console.Links;
import io.switchhook.console.Templates;
import io.switchhook.console.Texts;
import io.switchhook.delivery.Replay;
import io.switchhook.delivery.ReplayId;
import io.switchhook.event.CallId;
import io.switchhook.event.WebhookId;
import io.switchhook.history.CallStory;
import io.switchhook.replay.Asked;
import io.switchhook.replay.Replays;
import io.switchhook.replay.StoredReplay;
import io.switchhook.webhook.Webhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One call: its picture, its events, and the button that tells it again. */
final class CallPage {
  private final HttpApi.Parts parts;
  private final Templates templates;

  CallPage(HttpApi.Parts parts, Templates templates) {
    this.parts = parts;
    this.templates = templates;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/calls/{uid}", this::show),
        ConsoleRoute.post("/calls/{uid}/again", this::tellAgain));
  }

  private ConsoleAnswer show(ConsoleRequest request) {
    return story(request)
        .<ConsoleAnswer>map(story -> templates.page("calls/call", view(request, story)))
        .orElseGet(
            () ->
                templates.page(
                    "calls/gone",
                    new GoneView(request.frame("No such call"), request.link("calls"))));
  }

  /** What is shown of a call that is not kept. */
  record GoneView(Frame frame, String list) {}

  private Optional<CallStory> story(ConsoleRequest request) {
    var uid = request.inPath("uid");
    return uid.isEmpty() || uid.length() > CallId.UID_LENGTH_MAX
        ? Optional.empty()
        : parts.history().call(new CallId(request.company().id(), uid));
  }

  private CallView view(ConsoleRequest request, CallStory story) {
    var uid = story.summary().call().uid();
    var names = names(parts, request);
    var again =
        request
            .inQuery("again")
            .flatMap(id -> parts.replays().find(request.company().id(), new ReplayId(id)))
            .stream()
            .map(CallView.Again::of)
            .toList();
    return new CallView(
        request.frame("Call " + uid),
        uid,
        request.link("calls", uid) + request.inQuery("again").map(CallPage::again).orElse(""),
        request.link("calls"),
        CallWords.badge(story.summary().facts()),
        facts(story),
        story.summary().startedAt(),
        DrawTimeline.of(story, names, parts.clock().instant()),
        story.events().stream()
            .map(
                chapter ->
                    EventView.of(
                        chapter,
                        row -> names.apply(row.webhook()),
                        request.link("calls", uid, String.valueOf(chapter.event().sequence()))))
            .toList(),
        story.hasMoreEvents(),
        parts.webhooks().list(request.company().id()).stream()
            .filter(Webhook::isEnabled)
            .map(webhook -> new CallView.Choice(webhook.id().value(), name(webhook)))
            .toList(),
        again,
        request.inQuery("problem").orElse(""),
        isMoving(story) || again.stream().anyMatch(CallView.Again::isRunning));
  }

  private static String again(String id) {
    return "?again=" + Links.encoded(id);
  }

  private static boolean isMoving(CallStory story) {
    var state = story.summary().facts().state();
    return (state != null && (state == 1 || state == 3 || state == 5 || state == 6))
        || story.events().stream()
            .anyMatch(
                chapter ->
                    chapter.routing() == CallStory.Routing.NOT_YET
                        || chapter.deliveries().stream().anyMatch(row -> !row.outcome().isFinal()));
  }

  private static List<CallView.Fact> facts(CallStory story) {
    var summary = story.summary();
    var facts = summary.facts();
    var shown = new ArrayList<CallView.Fact>();
    add(shown, "Direction", CallWords.direction(facts));
    add(shown, "Customer", CallWords.number(facts));
    add(shown, "Line", facts.rdnis() == null ? "" : facts.rdnis());
    add(shown, "Users", String.join(", ", facts.users()));
    add(shown, "Reference", String.join(", ", facts.references()));
    add(
        shown,
        "From first to last event",
        Texts.length(Duration.between(summary.startedAt(), summary.lastAt())));
    return shown;
  }

  private static void add(List<CallView.Fact> facts, String name, String value) {
    if (!value.isEmpty()) {
      facts.add(new CallView.Fact(name, value));
    }
  }

  /** How webhooks are called; one that is deleted by its id. */
  static Function<WebhookId, String> names(HttpApi.Parts parts, ConsoleRequest request) {
    var names =
        parts.webhooks().list(request.company().id()).stream()
            .collect(Collectors.toMap(Webhook::id, CallPage::name));
    return id -> names.getOrDefault(id, id.value() + " (deleted)");
  }

  private static String name(Webhook webhook) {
    var name = webhook.settings().name();
    return name.isEmpty() ? webhook.id().value() : name;
  }

  private CompletionStage<ConsoleAnswer> tellAgain(ConsoleRequest request) {
    var uid = request.inPath("uid");
    var self = request.link("calls", uid);
    var which = new Replays.Which(request.company().id(), new WebhookId(request.inForm("webhook")));
    return parts
        .replays()
        .start(which, new Asked(uid, null, null, Replay.Only.ALL))
        .thenApply(change -> ConsoleAnswer.redirect(self + outcome(change)));
  }

  private static String outcome(Change<StoredReplay> change) {
    return switch (change) {
      case Change.Done<StoredReplay>(var replay) -> again(replay.replay().id().value());
      case Change.Refused<StoredReplay>(var mistakes) ->
          problem(mistakes.stream().map(FieldMistake::problem).collect(Collectors.joining("; ")));
      case Change.Conflict<StoredReplay>(var words) -> problem(words);
      case Change.NotFound<StoredReplay> _ -> problem("there is no such webhook any more");
      case Change.Stale<StoredReplay> _ -> problem("somebody changed the webhook just now");
      case Change.Unavailable<StoredReplay>(var words) -> problem(words);
    };
  }

  private static String problem(String words) {
    return "?problem=" + Links.encoded("Nothing is told again: " + words);
  }
}
