package io.switchhook.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
  private static final String HOOK =
      "{\"trigger\":\"in_call\",\"target_url\":\"https://8.8.8.8/h\"}";

  @TempDir Path folder;
  private RunningApi api;
  private String ownKey;
  private String hookOfAnother;

  @BeforeEach
  void start() {
    api = new RunningApi(folder);
    api.send("POST", "/api/v1/companies", "{\"name\":\"acme\"}");
    var acme = api.companies.find("acme").orElseThrow();
    ownKey = RunningApi.done(api.keys.add(acme.id(), JsonNodeFactory.instance.objectNode())).text();
    hookOfAnother =
        RunningApi.json(api.send("POST", "/api/v1/companies/default/webhooks", HOOK))
            .path("id")
            .asText();
    api.send("POST", "/api/v1/companies/default/events", EventsTest.LOG);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void withoutKnownKeyNothingIsOpenButTheOperationsRoutes() {
    var before = api.everything();
    for (var route : api.api.routes()) {
      if (route.access() == Route.Access.DOOR) {
        continue; // It has proofs of its own.
      }
      for (var key :
          new String[] {null, "wrong", api.adminKey + "x", "swh_live_" + "a".repeat(46)}) {
        var response = api.send(call(route, "default").withKey(key));
        boolean isPublic = route.access() == Route.Access.PUBLIC;
        assertThat(response.statusCode()).as(route.path()).isEqualTo(isPublic ? 200 : 401);
        if (!isPublic) {
          assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
      }
    }
    assertThat(api.everything()).isEqualTo(before);
  }

  @Test
  void keyOfCompanyOpensNoAdminRoute() {
    var before = api.everything();
    for (var route : api.api.routes()) {
      if (route.access() == Route.Access.ADMIN) {
        assertThat(api.send(call(route, "acme").withKey(ownKey)).statusCode())
            .as(route.method() + " " + route.path())
            .isEqualTo(403);
      }
    }
    assertThat(api.everything()).isEqualTo(before);
  }

  @Test
  void anotherCompanyLooksLikeNoneOnEveryRoute() {
    var before = api.everything();
    var other = api.companies.find("default").orElseThrow().id().hex();
    for (var route : api.api.routes()) {
      if (route.access() == Route.Access.COMPANY) {
        var ofNobody = api.send(call(route, "nobody").withKey(ownKey));
        for (var company : List.of("default", other)) {
          var response = api.send(call(route, company).withKey(ownKey));
          assertThat(response.statusCode()).as(route.method() + " " + route.path()).isEqualTo(404);
          assertThat(response.body()).isEqualTo(ofNobody.body());
        }
      }
    }
    assertThat(api.everything()).isEqualTo(before);
  }

  @Test
  void anotherCompanysThingsAreNotFoundInOnesOwn() {
    var before = api.everything();
    for (var route : api.api.routes()) {
      boolean namesSomething =
          route.path().startsWith(Route.COMPANY + "/") && route.path().contains("/{");
      if (route.access() == Route.Access.COMPANY
          && namesSomething
          && route.path().indexOf('{', Route.COMPANY.length()) > 0) {
        assertThat(api.send(call(route, "acme").withKey(ownKey)).statusCode())
            .as(route.method() + " " + route.path())
            .isEqualTo(404);
      }
    }
    assertThat(api.everything()).isEqualTo(before);
  }

  @Test
  void ownKeyOpensTheOwnCompany() {
    assertThat(api.send(api.get("/api/v1/companies/acme/webhooks").withKey(ownKey)).statusCode())
        .isEqualTo(200);
    assertThat(
            api.send(
                    api.call("POST", "/api/v1/companies/acme/events", EventsTest.LOG)
                        .withKey(ownKey))
                .statusCode())
        .isEqualTo(202);
  }

  @Test
  void revokedKeyOpensNothingAnyMore() {
    var id = api.keys.list(api.companies.find("acme").orElseThrow().id()).getFirst().id();
    assertThat(api.send("DELETE", "/api/v1/companies/acme/keys/" + id, "").statusCode())
        .isEqualTo(204);
    assertThat(api.send(api.get("/api/v1/companies/acme/webhooks").withKey(ownKey)).statusCode())
        .isEqualTo(401);
  }

  @Test
  void otherMethodsAreToldWhichThereAre() {
    var response = api.send("DELETE", "/api/v1/companies", "");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, POST");
    assertThat(api.send("GET", "/api/v1/nothing", "").statusCode()).isEqualTo(404);
    assertThat(api.send("GET", "/", "").statusCode()).isEqualTo(404);
  }

  /** A call that would do something if it were let in. */
  private RunningApi.Call call(Route route, String company) {
    var path =
        route
            .path()
            .replace("{company}", company)
            .replace("{id}", hookOfAnother)
            .replace("{name}", "office")
            .replace("{uid}", "c1");
    var body =
        switch (route.body()) {
          case NOTHING, ANYTHING -> "";
          case LOGS -> EventsTest.LOG.replace("c1", "c2");
          case JSON -> route.path().contains("webhooks") ? HOOK : "{\"name\":\"more\"}";
        };
    return api.call(route.method().name().toUpperCase(Locale.ROOT), path, body);
  }
}
