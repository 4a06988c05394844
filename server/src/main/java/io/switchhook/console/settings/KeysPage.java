package io.switchhook.console.settings;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.admin.HttpApi;
import io.switchhook.company.ApiKey;
import io.switchhook.company.Change;
import io.switchhook.company.Keys;
import io.switchhook.company.NewKey;
import io.switchhook.console.ConsoleAnswer;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.ConsoleRoute;
import io.switchhook.console.Templates;
import io.switchhook.event.CompanyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The keys of a company, and for admins those of the installation: made, shown once, revoked. */
final class KeysPage {
  private static final String INSTALLATION = "installation";
  private static final String COMPANY = "company";

  private final Keys keys;
  private final Templates templates;

  KeysPage(HttpApi.Parts parts, Templates templates) {
    this.keys = parts.keys();
    this.templates = templates;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/settings", request -> page(request, Asked.NOTHING)),
        ConsoleRoute.get(
            "/settings/keys", request -> ConsoleAnswer.redirect(request.link("settings"))),
        ConsoleRoute.post("/settings/keys", this::make),
        ConsoleRoute.post("/settings/keys/revoke", this::revoke));
  }

  /**
   * What was asked for by a form, and what came of it.
   *
   * @param whose the company's or the installation's
   * @param made null when none was
   */
  private record Asked(
      String whose,
      String name,
      boolean mayStartCalls,
      Map<String, String> problems,
      @Nullable NewKey made) {
    static final Asked NOTHING = new Asked("", "", false, Map.of(), null);
  }

  private ConsoleAnswer page(ConsoleRequest request, Asked asked) {
    var lists = new ArrayList<KeysView.KeyList>();
    lists.add(list(request, COMPANY, asked));
    if (Tabs.isAdmin(request)) {
      lists.add(list(request, INSTALLATION, asked));
    }
    return templates.page(
        "settings/keys",
        new KeysView(
            request.frame("Keys"),
            Tabs.at(request, "Keys"),
            lists,
            request.link("settings", "keys"),
            request.inQuery("revoked").orElse(""),
            request.inQuery("problem").orElse("")));
  }

  private KeysView.KeyList list(ConsoleRequest request, String whose, Asked asked) {
    boolean isCompanys = whose.equals(COMPANY);
    var isAsked = asked.whose().equals(whose);
    var made = isAsked ? asked.made() : null;
    return new KeysView.KeyList(
        whose,
        isCompanys ? "Keys of " + request.company().name() : "Admin keys of the installation",
        isCompanys
            ? "They open this company alone: its API and this console."
            : "They open everything, every company and this page.",
        keys.list(isCompanys ? request.company().id() : null).stream()
            .map(key -> row(request, key))
            .toList(),
        isCompanys,
        isAsked && made == null ? asked.name() : "",
        isAsked && made == null && asked.mayStartCalls(),
        isAsked ? asked.problems().getOrDefault("name", "") : "",
        isAsked ? asked.problems().getOrDefault(Problems.FORM, "") : "",
        made == null ? null : new KeysView.Made(made.key().name(), made.text()));
  }

  private KeysView.Row row(ConsoleRequest request, ApiKey key) {
    return new KeysView.Row(
        key.id(),
        key.name(),
        key.mayStartCalls(),
        key.createdAt(),
        keys.lastUsed(key.id()).orElse(null),
        key.id().equals(request.key().keyId()));
  }

  private CompletionStage<ConsoleAnswer> make(ConsoleRequest request) {
    var whose = request.inForm("whose");
    if (whose.equals(INSTALLATION) && !Tabs.isAdmin(request)) {
      return Tabs.denied(request, templates).now();
    }
    var name = request.inForm("name").strip();
    var mayStartCalls = !request.inForm("may_start_calls").isEmpty();
    var json = JsonNodeFactory.instance.objectNode().put("name", name);
    if (whose.equals(COMPANY)) {
      json.put("may_start_calls", mayStartCalls);
    }
    return keys.add(owner(request, whose), json)
        .thenApply(
            change ->
                page(
                    request,
                    new Asked(
                        whose,
                        name,
                        mayStartCalls,
                        Problems.of(change),
                        change instanceof Change.Done<NewKey>(var made) ? made : null)));
  }

  private CompletionStage<ConsoleAnswer> revoke(ConsoleRequest request) {
    var whose = request.inForm("whose");
    if (whose.equals(INSTALLATION) && !Tabs.isAdmin(request)) {
      return Tabs.denied(request, templates).now();
    }
    var id = request.inForm("id");
    var self = request.link("settings");
    if (id.equals(request.key().keyId())) {
      return ConsoleAnswer.redirect(self + "?problem=own").now();
    }
    return keys.revoke(owner(request, whose), id)
        .thenApply(
            change ->
                ConsoleAnswer.redirect(
                    self + (Problems.of(change).isEmpty() ? "?revoked=1" : "?problem=gone")));
  }

  private static @Nullable CompanyId owner(ConsoleRequest request, String whose) {
    return whose.equals(INSTALLATION) ? null : request.company().id();
  }
}
