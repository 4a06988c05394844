package io.switchhook.console.settings;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.admin.HttpApi;
import io.switchhook.company.Companies;
import io.switchhook.company.Company;
import io.switchhook.console.ConsoleAnswer;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.ConsoleRoute;
import io.switchhook.console.Frame;
import io.switchhook.console.Links;
import io.switchhook.console.Templates;
import io.switchhook.console.Texts;
import io.switchhook.event.CompanyId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The companies of the installation, for admins: added, and their after-call logs switched. */
final class CompaniesPage {
  /** More are not listed; the API lists all. */
  static final int SHOWN_MAX = 500;

  private final Companies companies;
  private final Templates templates;

  CompaniesPage(HttpApi.Parts parts, Templates templates) {
    this.companies = parts.companies();
    this.templates = templates;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get(
            "/settings/companies",
            request ->
                Tabs.isAdmin(request)
                    ? page(request, Typed.NOTHING)
                    : Tabs.denied(request, templates)),
        ConsoleRoute.post("/settings/companies", this::add),
        ConsoleRoute.post("/settings/companies/change", this::change));
  }

  /** What the page shows. */
  record View(Frame frame, Tabs tabs, String self, List<Row> companies, String more, Typed typed) {
    View {
      companies = List.copyOf(companies);
    }
  }

  /** One company. */
  record Row(
      String name,
      String href,
      String id,
      boolean afterCallLogs,
      Instant createdAt,
      boolean isCurrent) {}

  /** What was typed into the form, and what is wrong with it by field. */
  record Typed(String name, String companyId, boolean afterCallLogs, Map<String, String> problems) {
    static final Typed NOTHING = new Typed("", "", false, Map.of());

    Typed {
      problems = Map.copyOf(problems);
    }

    /** What is wrong with a field; {@code ""} when nothing is. */
    String problem(String field) {
      return problems.getOrDefault(field, "");
    }
  }

  private ConsoleAnswer page(ConsoleRequest request, Typed typed) {
    var all = companies.list();
    return templates.page(
        "settings/companies",
        new View(
            request.frame("Companies"),
            Tabs.at(request, "Companies"),
            request.link("settings", "companies"),
            all.stream().limit(SHOWN_MAX).map(company -> row(request, company)).toList(),
            all.size() <= SHOWN_MAX
                ? ""
                : "The first " + SHOWN_MAX + " of " + Texts.count(all.size(), "company") + ".",
            typed));
  }

  private static Row row(ConsoleRequest request, Company company) {
    return new Row(
        company.name(),
        Links.of(company, "settings"),
        company.id().hex(),
        company.afterCallLogs(),
        company.createdAt(),
        company.id().equals(request.company().id()));
  }

  private CompletionStage<ConsoleAnswer> add(ConsoleRequest request) {
    if (!Tabs.isAdmin(request)) {
      return Tabs.denied(request, templates).now();
    }
    var name = request.inForm("name").strip();
    var id = request.inForm("company_id").strip();
    var afterCallLogs = !request.inForm("after_call_logs").isEmpty();
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", name)
            .put("after_call_logs", afterCallLogs);
    if (!id.isEmpty()) {
      json.put("company_id", id);
    }
    return companies
        .add(json)
        .thenApply(
            change -> {
              var problems = Problems.of(change);
              return problems.isEmpty()
                  ? ConsoleAnswer.redirect(request.link("settings", "companies"))
                  : page(request, new Typed(name, id, afterCallLogs, problems));
            });
  }

  private CompletionStage<ConsoleAnswer> change(ConsoleRequest request) {
    if (!Tabs.isAdmin(request)) {
      return Tabs.denied(request, templates).now();
    }
    var id = request.inForm("id");
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("after_call_logs", request.inForm("after_call_logs").equals("on"));
    var self = request.link("settings", "companies");
    if (!CompanyId.isValid(id)) {
      return ConsoleAnswer.redirect(self).now();
    }
    return companies
        .change(new CompanyId(id), json)
        .thenApply(
            change -> {
              var problems = Problems.of(change);
              return problems.isEmpty()
                  ? ConsoleAnswer.redirect(self)
                  : page(request, new Typed("", "", false, problems));
            });
  }
}
