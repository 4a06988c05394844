package io.switchhook.console.sources;

import io.switchhook.admin.HttpApi;
import io.switchhook.console.ConsoleAnswer;
import io.switchhook.console.ConsolePage;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.ConsoleRoute;
import io.switchhook.console.Frame;
import io.switchhook.console.Templates;
import io.switchhook.event.Bytes;
import io.switchhook.source.Door;
import io.switchhook.source.SourceTest;
import io.switchhook.source.Sources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The list of sources, and what there is of one: its trial, its channels, what it cannot read. */
public final class SourcesPage implements ConsolePage {
  private final Sources sources;
  private final Templates templates;

  /** The pages of sources. */
  public SourcesPage(HttpApi.Parts parts, Templates templates) {
    this.sources = parts.sources();
    this.templates = templates;
  }

  @Override
  public NavEntry entry() {
    return new NavEntry("Sources", "/sources", "sources");
  }

  @Override
  public List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/sources", this::list),
        ConsoleRoute.get("/sources/{name}", this::show),
        ConsoleRoute.get("/sources/{name}/test", this::back),
        ConsoleRoute.post("/sources/{name}/test", this::test),
        ConsoleRoute.post("/sources/{name}/again", this::readAgain));
  }

  /** What the list shows. */
  record ListView(Frame frame, List<SourceCard> sources) {
    ListView {
      sources = List.copyOf(sources);
    }
  }

  /** What is shown of a source that is not there. */
  record GoneView(Frame frame, String list) {}

  private ConsoleAnswer list(ConsoleRequest request) {
    return templates.page(
        "sources/list",
        new ListView(
            request.frame("Sources"),
            sources.of(request.company().id()).stream()
                .map(named -> SourceCard.of(request, named))
                .toList()));
  }

  private ConsoleAnswer show(ConsoleRequest request) {
    var named = named(request);
    if (named.isEmpty()) {
      return gone(request);
    }
    var view = SourceView.of(request, named.get(), null);
    var isAsBefore = request.inQuery("seen").filter(view.seen()::equals).isPresent();
    return request.wantsPart() && isAsBefore
        ? new ConsoleAnswer.Whole(204, "", Map.of(), Bytes.empty())
        : templates.page("sources/source", view);
  }

  private ConsoleAnswer back(ConsoleRequest request) {
    return ConsoleAnswer.redirect(request.link("sources", request.inPath("name")));
  }

  private CompletionStage<ConsoleAnswer> test(ConsoleRequest request) {
    return named(request)
        .map(
            named ->
                named
                    .source()
                    .test()
                    .<ConsoleAnswer>thenApply(found -> tested(request, named, found)))
        .orElseGet(() -> gone(request).now());
  }

  private ConsoleAnswer tested(
      ConsoleRequest request, Sources.Named named, @Nullable SourceTest found) {
    return templates.page("sources/source", SourceView.of(request, named, found));
  }

  private CompletionStage<ConsoleAnswer> readAgain(ConsoleRequest request) {
    return named(request)
        .filter(named -> named.source() instanceof Door)
        .<ConsoleAnswer>map(
            named -> {
              var retried = ((Door) named.source()).retryUnread();
              return ConsoleAnswer.redirect(
                  request.link("sources", named.name()) + "?read=" + retried.read() + "#unread");
            })
        .orElseGet(() -> gone(request))
        .now();
  }

  private Optional<Sources.Named> named(ConsoleRequest request) {
    return sources
        .find(request.inPath("name"))
        .filter(named -> named.company().equals(request.company().id()));
  }

  private ConsoleAnswer gone(ConsoleRequest request) {
    var page =
        templates.page(
            "sources/gone", new GoneView(request.frame("No such source"), request.link("sources")));
    return new ConsoleAnswer.Whole(404, page.contentType(), page.headers(), page.body());
  }
}
