package io.switchhook.console.now;

import io.switchhook.admin.HttpApi;
import io.switchhook.console.CallWords;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.DeliveryWords;
import io.switchhook.console.SourceWords;
import io.switchhook.console.Texts;
import io.switchhook.event.CompanyId;
import io.switchhook.history.CallQuery;
import io.switchhook.history.ListedCall;
import io.switchhook.history.WebhookHealth;
import io.switchhook.live.Happening;
import io.switchhook.source.SourceState;
import io.switchhook.source.Sources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows what goes on for one viewer, and says what of their page is to be painted anew. */
final class NowFeed {
  /** A call that nothing was heard of for longer is not shown as going on. */
  private static final Duration CALL_LENGTH_MAX = Duration.ofHours(4);

  private static final List<Integer> STATES = List.of(1, 3, 5, 6);
  private static final int READ_MAX = 5_000;
  private static final int PLOT_SECONDS = 150;

  private final HttpApi.Parts parts;
  private final ConsoleRequest request;
  private final CompanyId company;
  private final NowBoard board = new NowBoard();
  private long place;
  private NowView.@Nullable Tiles tiles;
  private NowView.@Nullable Sources sources;

  NowFeed(HttpApi.Parts parts, ConsoleRequest request) {
    this.parts = parts;
    this.request = request;
    this.company = request.company().id();
  }

  /** False when the viewer has logged out, or their key does not hold any more. */
  boolean isAllowed() {
    return request.isStillLoggedIn().getAsBoolean();
  }

  /** The whole page as it is now. Blocks. */
  NowView.Update first() {
    place = parts.live().end();
    var since = parts.clock().instant().minus(CALL_LENGTH_MAX);
    STATES.forEach(
        state ->
            parts
                .history()
                .calls(
                    new CallQuery(
                        company, state, null, null, null, since, null, null, NowBoard.CALLS_MAX))
                .items()
                .forEach(board::add));
    var before = parts.live().read(company, Math.max(0, place - READ_MAX), READ_MAX);
    before.ifPresent(
        read ->
            read.happenings().stream()
                .filter(Happening.OfDelivery.class::isInstance)
                .forEach(board::hear));
    return update(/* isWhole= */ true);
  }

  /** What changed since; empty when so much happened that the page must be made anew. */
  Optional<NowView.Update> next() {
    var read = parts.live().read(company, place, READ_MAX);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    place = read.get().end();
    read.get().happenings().forEach(board::hear);
    return Optional.of(update(/* isWhole= */ false));
  }

  private NowView.Update update(boolean isWhole) {
    var changes = board.changes();
    var seconds = parts.live().rates().of(company, PLOT_SECONDS);
    var nextTiles = NowView.tiles(board.callCount(), seconds, waiting());
    var nextSources = new NowView.Sources(sources());
    var update =
        new NowView.Update(
            isWhole,
            calls(changes.added()),
            calls(changes.changed()),
            changes.removed().stream().map(NowFeed::id).toList(),
            changes.delivered().reversed().stream().map(this::delivery).toList(),
            changes.dropped(),
            nextTiles.equals(tiles) ? null : nextTiles,
            nextSources.equals(sources) ? null : nextSources,
            NowView.Plots.of(seconds));
    tiles = nextTiles;
    sources = nextSources;
    return update;
  }

  private long waiting() {
    return parts.history().health(company).values().stream()
        .mapToLong(WebhookHealth::backlog)
        .sum();
  }

  private List<NowView.Call> calls(Map<String, ListedCall> calls) {
    return calls.entrySet().stream().map(call -> call(call.getKey(), call.getValue())).toList();
  }

  private NowView.Call call(String uid, ListedCall call) {
    var facts = call.facts();
    return new NowView.Call(
        id(uid),
        request.link("calls", uid),
        CallWords.badge(facts),
        CallWords.number(facts),
        Objects.equals(facts.state(), 6) ? "talks" : Objects.equals(facts.state(), 5) ? "rung" : "",
        Objects.equals(facts.state(), 1) ? "" : String.join(", ", facts.users()),
        call.startedAt());
  }

  private NowView.Delivery delivery(NowBoard.Numbered numbered) {
    var delivery = numbered.delivery();
    var uid = delivery.event().call().uid();
    return new NowView.Delivery(
        numbered.number(),
        delivery.at(),
        parts
            .webhooks()
            .find(company, delivery.webhook())
            .map(webhook -> webhook.settings().name())
            .filter(name -> !name.isEmpty())
            .orElse(delivery.webhook().value()),
        DeliveryWords.badge(delivery.outcome()),
        words(delivery),
        request.link("calls", uid),
        uid);
  }

  private static String words(Happening.OfDelivery delivery) {
    var words = delivery.status() == null ? delivery.words() : String.valueOf(delivery.status());
    return delivery.took() == null ? words : words + " in " + Texts.length(delivery.took());
  }

  private List<NowView.Source> sources() {
    return parts.sources().of(company).stream().map(NowFeed::source).toList();
  }

  private static NowView.Source source(Sources.Named named) {
    SourceState state = named.source().state();
    var badge = SourceWords.badge(state.hearing());
    return new NowView.Source(
        named.name(),
        SourceWords.type(named.type()),
        badge,
        state.since(),
        state.lastEventAt(),
        state.problems());
  }

  private static String id(String uid) {
    return "call-"
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(uid.getBytes(StandardCharsets.UTF_8));
  }
}
