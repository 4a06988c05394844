package io.switchhook.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.company.Companies;
import io.switchhook.company.Company;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Adds, changes and shows companies, for admins. */
final class CompanyRoutes {
  private final Companies companies;

  CompanyRoutes(Companies companies) {
    this.companies = companies;
  }

  List<Route> routes() {
    return List.of(
        route(HttpMethod.GET, Route.COMPANIES, Route.Intake.NOTHING, this::list),
        route(HttpMethod.POST, Route.COMPANIES, Route.Intake.JSON, this::add),
        route(HttpMethod.GET, Route.COMPANY, Route.Intake.NOTHING, this::show),
        route(HttpMethod.PATCH, Route.COMPANY, Route.Intake.JSON, this::change));
  }

  private static Route route(
      HttpMethod method, String path, Route.Intake intake, Route.Handler handler) {
    return new Route(method, path, Route.Access.ADMIN, intake, handler);
  }

  private CompletionStage<Answer> list(ApiRequest request) {
    var json = JsonNodeFactory.instance.objectNode();
    var list = json.putArray("companies");
    companies.list().forEach(company -> list.add(json(company)));
    return Answer.json(200, json).now();
  }

  private CompletionStage<Answer> add(ApiRequest request) {
    return JsonBody.read(
        request.body(),
        json ->
            Outcomes.answer(
                companies.add(json),
                company ->
                    Answer.json(201, json(company))
                        .with("Location", Route.COMPANIES + "/" + company.id())));
  }

  private CompletionStage<Answer> show(ApiRequest request) {
    return Answer.json(200, json(request.company())).now();
  }

  private CompletionStage<Answer> change(ApiRequest request) {
    return JsonBody.read(
        request.body(),
        json ->
            Outcomes.answer(
                companies.change(request.company().id(), json),
                company -> Answer.json(200, json(company))));
  }

  private static ObjectNode json(Company company) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", company.name())
        .put("company_id", company.id().hex())
        .put("after_call_logs", company.afterCallLogs())
        .put("created_at", company.createdAt().toString());
  }
}
