package io.switchhook.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTest {
  private static final String HOOKS = "/api/v1/companies/default/webhooks";
  private static final String HOOK =
      "{\"trigger\":\"in_call\",\"target_url\":\"https://8.8.8.8/h\",\"headers\":[\"A: b\"],"
          + "\"basic_auth\":{\"username\":\"u\",\"password\":\"p\"},"
          + "\"signing\":{\"scheme\":\"standard-webhooks\"},"
          + "\"conditions\":[{\"field\":\"call_state\",\"in\":[\"5\"]}],"
          + "\"query_parameters\":[{\"name\":\"n\",\"field\":\"clid\",\"as\":\"e164\"}]}";

  @TempDir Path folder;
  private RunningApi api;
  private JsonNode document;

  @BeforeEach
  void start() {
    api = new RunningApi(folder);
    document = RunningApi.json(api.send(api.get("/openapi.json").withKey(null)));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void everyRouteIsAnOperationAndEveryOperationIsARoute() {
    var operations = new TreeSet<String>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        name -> {
                          if (!name.equals("parameters")) {
                            operations.add(name.toUpperCase(Locale.ROOT) + " " + path.getKey());
                          }
                        }));
    var routes = new TreeSet<String>();
    api.api.routes().forEach(route -> routes.add(route.method() + " " + route.path()));

    assertThat(routes).isEqualTo(operations);
  }

  @Test
  void publicRoutesAreThoseThatNeedNoKey() {
    for (var route : api.api.routes()) {
      var operation = operation(route.method().name(), route.path());
      assertThat(operation.has("security"))
          .as(route.path())
          .isEqualTo(route.access() == Route.Access.PUBLIC || route.access() == Route.Access.DOOR);
    }
  }

  @Test
  void realAnswersHaveTheShapeOfTheDocument() {
    check("GET", "/health/live", "", "/health/live");
    check("GET", "/health/ready", "", "/health/ready");
    check("GET", "/api/v1/companies", "", "/api/v1/companies");
    check("POST", "/api/v1/companies", "{\"name\":\"acme\"}", "/api/v1/companies");
    check("GET", "/api/v1/companies/acme", "", Route.COMPANY);
    check("PATCH", "/api/v1/companies/acme", "{\"after_call_logs\":true}", Route.COMPANY);
    check("POST", "/api/v1/keys", "{\"name\":\"k\"}", "/api/v1/keys");
    check("GET", "/api/v1/keys", "", "/api/v1/keys");
    check("POST", "/api/v1/companies/acme/keys", "", Route.COMPANY + "/keys");
    check("GET", "/api/v1/companies/acme/keys", "", Route.COMPANY + "/keys");
    check(
        "POST",
        "/api/v1/companies/default/events",
        "[" + EventsTest.LOG + "," + EventsTest.LOG + "]",
        Route.COMPANY + "/events");
    check("GET", "/api/v1/companies/default/calls", "", Route.COMPANY + "/calls");
    check("GET", "/api/v1/companies/default/calls/c1", "", Route.COMPANY + "/calls/{uid}");
    check("GET", "/api/v1/companies/default/deliveries", "", Route.COMPANY + "/deliveries");
    check("GET", "/api/v1/companies/default/sources", "", Route.COMPANY + "/sources");
    check("GET", "/api/v1/companies/default/sources/office", "", Route.COMPANY + "/sources/{name}");
    check(
        "GET",
        "/api/v1/companies/default/sources/office/channels",
        "",
        Route.COMPANY + "/sources/{name}/channels");
    check(
        "POST",
        "/api/v1/companies/default/sources/office/test",
        "",
        Route.COMPANY + "/sources/{name}/test");
    check("POST", HOOKS, "{}", Route.COMPANY + "/webhooks");
  }

  @Test
  void realAnswersOnWebhooksHaveTheShapeOfTheDocument() {
    var id = check("POST", HOOKS, HOOK, Route.COMPANY + "/webhooks").path("id").asText();
    var template = Route.COMPANY + "/webhooks/{id}";
    check("GET", HOOKS, "", Route.COMPANY + "/webhooks");
    check("GET", HOOKS + "/" + id, "", template);
    check("PUT", HOOKS + "/" + id, HOOK, template);
    check("POST", HOOKS + "/" + id + "/disable", "", template + "/disable");
    check("GET", HOOKS + "/" + id, "", template);
    check("POST", HOOKS + "/" + id + "/enable", "", template + "/enable");
    check("POST", HOOKS + "/" + id + "/rotate-secret", "", template + "/rotate-secret");
    check("POST", HOOKS + "/" + id + "/test", "", template + "/test");
    api.send("POST", "/api/v1/companies/default/events", EventsTest.LOG);
    var replays = HOOKS + "/" + id + "/replays";
    var all = "{\"from\":\"2001-01-01T00:00:00Z\",\"only\":\"all\"}";
    api.send(
        "PUT", HOOKS + "/" + id, "{\"trigger\":\"in_call\",\"target_url\":\"https://8.8.8.8/h\"}");
    check("POST", replays + "?dry_run=true", all, template + "/replays");
    check("POST", replays, "{}", template + "/replays");
    var replay = check("POST", replays, all, template + "/replays").path("id").asText();
    check("POST", replays, all, template + "/replays");
    check("GET", replays, "", template + "/replays");
    var one = Route.COMPANY + "/replays/{id}";
    check("GET", "/api/v1/companies/default/replays/" + replay, "", one);
    check("DELETE", "/api/v1/companies/default/replays/" + replay, "", one);
    check("GET", HOOKS + "/wh_0", "", template);
  }

  private JsonNode check(String method, String path, String body, String template) {
    var response = api.send(method, path, body);
    var status = Integer.toString(response.statusCode());
    var declared = operation(method, template).path("responses").path(status);
    assertThat(declared.isMissingNode()).as(method + " " + path + " answers " + status).isFalse();
    var type = response.headers().firstValue("Content-Type").orElse("");
    var schema = declared.path("content").path(type).path("schema");
    assertThat(schema.isMissingNode()).as(method + " " + path + " answers " + type).isFalse();
    var json = RunningApi.json(response);
    assertThat(new SchemaCheck(document).objections(json, schema))
        .as(method + " " + path + " " + json)
        .isEmpty();
    return json;
  }

  private JsonNode operation(String method, String template) {
    return document.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
  }
}
