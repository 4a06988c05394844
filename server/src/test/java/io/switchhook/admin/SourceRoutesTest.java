package io.switchhook.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceRoutesTest {
  private static final String SOURCES = "/api/v1/companies/default/sources";

  @TempDir Path folder;
  private RunningApi api;

  @BeforeEach
  void start() {
    api = new RunningApi(folder);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void channelsAreShownNewestFirstWithWhyAndWhatWasIgnoredMostFirst() {
    var response = api.send("GET", SOURCES + "/office/channels", "");

    assertThat(response.statusCode()).isEqualTo(200);
    var json = RunningApi.json(response);
    assertThat(json.path("channels").findValuesAsText("name"))
        .containsExactly("PJSIP/fax-2", "PJSIP/101-1");
    assertThat(json.path("channels").findValuesAsText("understood"))
        .containsExactly("ignored", "user");
    assertThat(json.path("channels").path(1).path("why").asText())
        .isEqualTo("the user 101, by channel");
    assertThat(json.path("ignored").findValuesAsText("why")).containsExactly("neither", "rare");
    assertThat(json.path("ignored").path(0).path("count").asLong()).isEqualTo(7);
  }

  @Test
  void sourceOfNobodyOrOfAnotherCompanyHasNone() {
    assertThat(api.send("GET", SOURCES + "/nowhere/channels", "").statusCode()).isEqualTo(404);
    api.send("POST", "/api/v1/companies", "{\"name\":\"acme\"}");
    assertThat(api.send("GET", "/api/v1/companies/acme/sources/office/channels", "").statusCode())
        .isEqualTo(404);
  }
}
