package io.switchhook.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  @TempDir Path folder;

  @Test
  void nothingGivenMeansTheDefaults() {
    var settings = complete(new SettingsSources(null, Map.of(), Map.of()));

    assertThat(settings.server()).isEqualTo(new Settings.Server("127.0.0.1", 8080));
    assertThat(settings.data().minimumFreeBytes()).isEqualTo(256L * 1024 * 1024);
    assertThat(settings.data().retention()).isEqualTo(Duration.ofDays(30));
    assertThat(settings.targets().allowedNetworks()).isEmpty();
    assertThat(settings.delivery().retrySchedule())
        .hasSize(14)
        .startsWith(Duration.ofSeconds(1), Duration.ofSeconds(5))
        .endsWith(Duration.ofDays(1));
    assertThat(settings.delivery().timeToLive().inCallFinal()).isEqualTo(Duration.ofDays(3));
  }

  @Test
  void eachPlaceIsStrongerThanTheOneBefore() {
    var file = file("server: {port: 1001, bind: 0.0.0.0}\ndata:\n  retention: 5d\n");
    var settings =
        complete(
            new SettingsSources(
                file,
                Map.of("SWITCHHOOK_SERVER_PORT", "1002", "SWITCHHOOK_DATA_RETENTION", "6d"),
                Map.of("server.port", List.of("1003"))));

    assertThat(settings.server()).isEqualTo(new Settings.Server("0.0.0.0", 1003));
    assertThat(settings.data().retention()).isEqualTo(Duration.ofDays(6));
  }

  @Test
  void listsAreCommasInTheEnvironmentAndFlagsAddToThem() {
    var settings =
        complete(
            new SettingsSources(
                null,
                Map.of(
                    "SWITCHHOOK_TARGETS_ALLOWED_NETWORKS", "10.0.0.0/8, fd00::/8",
                    "SWITCHHOOK_DELIVERY_RETRY_SCHEDULE", "10ms,1m"),
                Map.of("targets.allowed-networks", List.of("127.0.0.0/8"))));

    assertThat(settings.targets().allowedNetworks())
        .containsExactly("10.0.0.0/8", "fd00:0:0:0:0:0:0:0/8", "127.0.0.0/8");
    assertThat(settings.delivery().retrySchedule())
        .containsExactly(Duration.ofMillis(10), Duration.ofMinutes(1));
  }

  @Test
  void allMistakesAreToldTogetherWithPlaceAndWhatIsAllowed() {
    var file =
        file(
            """
            server:
              prot: 80
              port: 808080
            delivery:
              timeout: 2h
              retry-schedule: 5s
              time-to-live: {in-call: soon}
            targets:
              allowed-networks: [10.1.2.3/8, localhost]
            colour: blue
            """);

    var mistakes =
        mistakes(new SettingsSources(file, Map.of("SWITCHHOOK_DATA_RETENSION", "3d"), Map.of()));

    assertThat(mistakes.stream().map(it -> it.sentence().replace(file.toString(), "FILE")))
        .containsExactly(
            "FILE line 2: server.prot = 80: is no setting; did you mean server.port?",
            "FILE line 6: delivery.retry-schedule = 5s: must be a list in brackets; allowed is a"
                + " list of 1 to 50, each a duration from 10ms to 7d (a number and ms, s, m, h or"
                + " d)",
            "FILE line 10: colour = blue: is no setting; --print-default-config shows all there"
                + " are",
            "environment: SWITCHHOOK_DATA_RETENSION = 3d: is no setting; did you mean"
                + " SWITCHHOOK_DATA_RETENTION?",
            "FILE line 3: server.port = 808080: allowed is a whole number from 0 to 65535",
            "FILE line 9: targets.allowed-networks = 10.1.2.3/8: allowed is a network such as"
                + " 10.0.0.0/8, 192.168.1.20/32 or fd00::/8",
            "FILE line 5: delivery.timeout = 2h: allowed is a duration from 100ms to 60s (a"
                + " number and ms, s, m, h or d)",
            "FILE line 7: delivery.time-to-live.in-call = soon: allowed is a duration from 1s to"
                + " 30d (a number and ms, s, m, h or d)");
  }

  @Test
  void sameKeyTwiceIsRefusedWithItsLine() {
    var mistakes = mistakes(SettingsSources.ofFile(file("server:\n  port: 1\n  port: 2\n")));

    assertThat(mistakes).hasSize(1);
    assertThat(mistakes.getFirst().sentence()).contains("line 3").contains("port");
  }

  @Test
  void brokenYamlIsRefusedWithItsLine() {
    var mistakes = mistakes(SettingsSources.ofFile(file("server:\n  port: [1\ndata: }\n")));

    assertThat(mistakes.getFirst().sentence()).contains("line 3").contains("is not YAML");
  }

  @Test
  void missingFileIsNamed() {
    var mistakes = mistakes(SettingsSources.ofFile(folder.resolve("none.yaml")));

    assertThat(mistakes.getFirst().sentence())
        .endsWith("none.yaml: the file: does not exist or is no file");
  }

  @Test
  void keyWithoutValueIsRefusedAndSectionWithoutKeysIsNot() {
    assertThat(mistakes(SettingsSources.ofFile(file("server:\n  port:\n"))).getFirst().sentence())
        .contains("line 2: server.port: has no value");
    assertThat(complete(SettingsSources.ofFile(file("server:\n#  port: 80\n"))).server().port())
        .isEqualTo(8080);
  }

  @Test
  void otherVariablesWithOurPrefixAreLeftAlone() {
    complete(new SettingsSources(null, Map.of("SWITCHHOOK_KEY", "k", "PATH", "/"), Map.of()));
  }

  @Test
  void dedupeWindowIsNoLongerThanWhatIsKept() {
    var settings = complete(SettingsSources.ofFile(file("data: {retention: 2d}")));

    assertThat(settings.data().retention()).isEqualTo(Duration.ofDays(2));
    assertThat(settings.data().dedupeWindow()).isEqualTo(Duration.ofDays(2));
  }

  @Test
  void sizesAndDurationsAreReadWithTheirUnits() {
    var settings =
        complete(
            SettingsSources.ofFile(
                file("data: {minimum-free: 1GB, dedupe-window: 90m}\ndelivery: {memory: 2048KB}")));

    assertThat(settings.data().minimumFreeBytes()).isEqualTo(1L << 30);
    assertThat(settings.data().dedupeWindow()).isEqualTo(Duration.ofMinutes(90));
    assertThat(settings.delivery().memoryBytes()).isEqualTo(2L << 20);
  }

  private Path file(String text) {
    try {
      return Files.writeString(folder.resolve("switchhook.yaml"), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Settings complete(SettingsSources sources) {
    var result = SettingsReader.read(sources);
    assertThat(result).isInstanceOf(SettingsResult.Complete.class);
    return ((SettingsResult.Complete) result).settings();
  }

  private static List<SettingsMistake> mistakes(SettingsSources sources) {
    var result = SettingsReader.read(sources);
    assertThat(result).isInstanceOf(SettingsResult.Mistaken.class);
    return ((SettingsResult.Mistaken) result).mistakes();
  }
}
