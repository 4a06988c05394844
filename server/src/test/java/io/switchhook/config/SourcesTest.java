package io.switchhook.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  @TempDir Path folder;

  @Test
  void sourceIsReadByItsType() {
    var settings =
        complete(
            """
            sources:
              - {type: pbx, name: office, host: 10.0.0.1, users: [{id: u1, number: "100"}], secret: "a${PW}b"}
              - type: pbx
                name: branch
                company: acme
                host: h
                pause: 3s
                secret: plain
            """,
            Map.of("PW", "x$y"));

    assertThat(settings.sources())
        .extracting(SourceSection::name, SourceSection::company)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("office", "default"),
            org.assertj.core.groups.Tuple.tuple("branch", "acme"));
    assertThat(settings.sources().stream().map(it -> Pbx.read(reader(it.section()))))
        .containsExactly(
            new Pbx("10.0.0.1", "ax$yb", Duration.ofSeconds(1), List.of("u1=100")),
            new Pbx("h", "plain", Duration.ofSeconds(3), List.of()));
  }

  @Test
  void allMistakesAreToldTogetherAndSecretsAreNot() {
    var mistakes =
        mistakes(
            """
            server: {port: none}
            sources:
              - {type: pbx, name: office, host: h, secret: "${UNSET}", pause: soon, colour: hush}
              - {type: pbx, name: office, secret: s, users: u1}
              - {type: fax, name: Office 1}
              - word
            """);

    assertThat(mistakes)
        .containsExactly(
            "line 3: sources[0].secret = ••••: names UNSET, which the environment does not set",
            "line 3: sources[0].pause = soon: allowed is a duration from 1s to 1m (a number and"
                + " ms, s, m, h or d)",
            "line 3: sources[0].colour: is no setting here; there are type, name, company, host,"
                + " secret, pause, users",
            "line 4: sources[1].host: is required, and missing",
            "line 4: sources[1].users[0]: must be keys and values, such as {key: value}",
            "line 5: sources[2].name = Office 1: allowed are 1 to 63 lower case letters, digits, -"
                + " and _, beginning with a letter or digit",
            "line 5: sources[2].type = fax: is no type of source; allowed is pbx",
            "line 3: sources[3]: must be keys and values",
            "line 1: server.port = none: allowed is a whole number from 0 to 65535");
  }

  @Test
  void nameIsOfOneSourceAlone() {
    assertThat(
            mistakes(
                """
                sources:
                  - {type: pbx, name: a, host: h, secret: s}
                  - {type: pbx, name: a, host: h, secret: s}
                """))
        .containsExactly("line 3: sources[1].name = a: is the name of another source, too");
  }

  @Test
  void whatIsNoListIsRefused() {
    assertThat(mistakes("sources: {type: pbx}\n").getFirst())
        .startsWith("line 1: sources: must be a list of at most 1000 sources");
  }

  @Test
  void printedSectionHidesItsTexts() {
    var settings =
        complete("sources: [{type: pbx, name: a, host: h, secret: hidden}]", Map.of("A", "hush"));

    assertThat(settings.toString()).doesNotContain("hidden").doesNotContain("hush");
  }

  private record Pbx(String host, String secret, Duration pause, List<String> users) {
    static Pbx read(SectionReader reader) {
      return new Pbx(
          reader.text("host"),
          reader.secret("secret"),
          reader.duration("pause", "1s", "1m", "1s"),
          reader.sections("users").stream()
              .map(user -> user.text("id") + "=" + user.text("number"))
              .toList());
    }
  }

  private static SectionReader reader(Section section) {
    return new SectionReader(section, new ArrayList<>());
  }

  private SettingsResult read(String text, Map<String, String> variables) {
    try {
      var file = Files.writeString(folder.resolve("switchhook.yaml"), text);
      return SettingsReader.read(SettingsSources.ofFile(file, variables), Map.of("pbx", Pbx::read));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Settings complete(String text, Map<String, String> variables) {
    var result = read(text, variables);
    assertThat(result).isInstanceOf(SettingsResult.Complete.class);
    return ((SettingsResult.Complete) result).settings();
  }

  private List<String> mistakes(String text) {
    var result = read(text, Map.of());
    assertThat(result).isInstanceOf(SettingsResult.Mistaken.class);
    return ((SettingsResult.Mistaken) result)
        .mistakes().stream()
            .map(it -> it.sentence().replace(folder.resolve("switchhook.yaml") + " ", ""))
            .toList();
  }
}
