package io.switchhook.console.settings;

import io.switchhook.admin.HttpApi;
import io.switchhook.company.ApiKey;
import io.switchhook.company.Audit;
import io.switchhook.company.Audit.What;
import io.switchhook.company.Author;
import io.switchhook.company.Keys;
import io.switchhook.console.ConsoleAnswer;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.ConsoleRoute;
import io.switchhook.console.Frame;
import io.switchhook.console.Links;
import io.switchhook.console.Templates;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was changed by which key, page by page. */
final class ChangesPage {
  static final int PAGE_SIZE = 50;

  private final Audit audit;
  private final Keys keys;
  private final Templates templates;

  ChangesPage(HttpApi.Parts parts, Templates templates) {
    this.audit = parts.companies().audit();
    this.keys = parts.keys();
    this.templates = templates;
  }

  List<ConsoleRoute> routes() {
    return List.of(ConsoleRoute.get("/settings/changes", this::page));
  }

  /**
   * What the page shows.
   *
   * @param next the address of the next page; {@code ""} at the end
   * @param isNarrowed true when only some of the changes were asked for
   */
  record View(
      Frame frame,
      Tabs tabs,
      String self,
      List<Choice> by,
      List<Choice> what,
      List<Row> rows,
      String next,
      boolean isFirst,
      boolean isNarrowed) {
    View {
      by = List.copyOf(by);
      what = List.copyOf(what);
      rows = List.copyOf(rows);
    }
  }

  /** Something to narrow down by. */
  record Choice(String value, String words, boolean isChosen) {}

  /** One change. */
  record Row(
      Instant at, String who, String via, String what, String which, String id, String details) {}

  private ConsoleAnswer page(ConsoleRequest request) {
    var by = request.inQuery("by").orElse(null);
    var what = request.inQuery("what").flatMap(What::of).orElse(null);
    var before =
        request
            .inQuery("before")
            .filter(text -> text.matches("[0-9]{1,18}"))
            .map(Long::valueOf)
            .orElse(Long.MAX_VALUE);
    var found =
        audit.read(
            new Audit.Query(
                request.company().id(), Tabs.isAdmin(request), by, what, before, PAGE_SIZE + 1));
    var shown = found.subList(0, Math.min(PAGE_SIZE, found.size()));
    var self = request.link("settings", "changes");
    return templates.page(
        "settings/changes",
        new View(
            request.frame("Changes"),
            Tabs.at(request, "Changes"),
            self,
            authors(request, by),
            Arrays.stream(What.values())
                .map(it -> new Choice(it.word(), words(it), it == what))
                .toList(),
            shown.stream().map(ChangesPage::row).toList(),
            found.size() <= PAGE_SIZE ? "" : next(self, by, what, shown.getLast().number()),
            before == Long.MAX_VALUE,
            by != null || what != null));
  }

  private static String next(String self, @Nullable String by, @Nullable What what, long before) {
    return self
        + "?before="
        + before
        + (by == null ? "" : "&by=" + Links.encoded(by))
        + (what == null ? "" : "&what=" + what.word());
  }

  /** The keys that there are; one that is gone when it was asked for. */
  private List<Choice> authors(ConsoleRequest request, @Nullable String by) {
    var known =
        Stream.concat(
                keys.list(request.company().id()).stream(),
                Tabs.isAdmin(request) ? keys.list(null).stream() : Stream.<ApiKey>empty())
            .map(key -> new Choice(key.id(), name(key.name(), key.id()), key.id().equals(by)))
            .toList();
    return by == null || known.stream().anyMatch(Choice::isChosen)
        ? known
        : Stream.concat(known.stream(), Stream.of(new Choice(by, by, true))).toList();
  }

  private static Row row(Audit.Entry entry) {
    return new Row(
        entry.at(),
        who(entry.by()),
        entry.by().via(),
        words(entry.what()),
        entry.name().isEmpty() ? entry.subject() : entry.name(),
        entry.name().isEmpty() ? "" : entry.subject(),
        entry.details());
  }

  private static String who(Author by) {
    if (by.keyId() != null) {
      return name(by.name(), by.keyId());
    }
    return by.name().isEmpty() ? "" : by.name();
  }

  private static String name(String name, String id) {
    return name.isEmpty() ? id : name;
  }

  /** What was done, in words. */
  private static String words(What what) {
    return switch (what) {
      case COMPANY_ADDED -> "company added";
      case COMPANY_CHANGED -> "company changed";
      case KEY_MADE -> "key made";
      case KEY_REVOKED -> "key revoked";
      case WEBHOOK_ADDED -> "webhook added";
      case WEBHOOK_CHANGED -> "webhook changed";
      case WEBHOOK_ENABLED -> "webhook enabled";
      case WEBHOOK_DISABLED -> "webhook disabled";
      case WEBHOOK_REMOVED -> "webhook removed";
      case SECRET_ROTATED -> "signing secret rotated";
    };
  }
}
