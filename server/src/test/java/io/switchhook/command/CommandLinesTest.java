package io.switchhook.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLinesTest {
  private static final String KEY = "a-key-for-tests";

  @TempDir Path folder;

  private final Shell shell = new Shell();

  @Nested
  class Usage {
    @Test
    void nothingIsWrongUseThatNamesTheWayOut() {
      assertThat(shell.run()).isEqualTo(2);
      assertThat(shell.err()).contains("Say which command").contains("switchhook --help");
    }

    @Test
    void helpNamesEveryCommandAndTheFirstSteps() throws IOException {
      assertThat(shell.run("--help")).isZero();
      Golden.check("help.txt", shell.out());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "company",
          "key",
          "webhook",
          "events",
          "calls",
          "deliveries",
          "check-config",
          "calls list",
          "calls show",
          "events send",
          "key add",
          "webhook test",
          "deliveries list"
        })
    void everyCommandExplainsItself(String command) {
      assertThat(shell.run((command + " --help").split(" ", -1))).isZero();
      assertThat(shell.out()).startsWith("Usage: switchhook " + command);
    }

    @Test
    void unknownCommandIsWrongUseWithSuggestion() {
      assertThat(shell.run("call")).isEqualTo(2);
      assertThat(shell.err()).contains("calls");
    }

    @Test
    void missingArgumentIsWrongUse() {
      assertThat(shell.run("calls", "show")).isEqualTo(2);
      assertThat(shell.err()).contains("UID").contains("'switchhook calls show --help'");
    }

    @Test
    void groupWithoutCommandSaysWhichThereAre() {
      assertThat(shell.run("calls")).isEqualTo(2);
      assertThat(shell.err()).contains("list").contains("show");
    }

    @Test
    void versionNamesProductAndJava() {
      assertThat(shell.run("--version")).isZero();
      assertThat(shell.out()).startsWith("Switchhook ").contains("Java ");
    }

    @Test
    void timeThatIsNoneIsWrongUseThatSaysWhatIsAllowed() {
      assertThat(shell.run("calls", "list", "--from", "yesterday")).isEqualTo(2);
      assertThat(shell.err()).contains("'yesterday' is no time").contains("2h");
    }
  }

  @Nested
  class Connecting {
    @Test
    void serverThatIsNotThereIsRefusalThatSaysWhatToDo() {
      assertThat(shell.run("calls", "list", "--url", "http://127.0.0.1:1", "--key", KEY))
          .isEqualTo(1);
      assertThat(shell.err())
          .contains("Nothing answers at http://127.0.0.1:1")
          .contains("switchhook serve");
      assertThat(shell.out()).isEmpty();
    }

    @Test
    void addressThatIsNoneIsRefused() {
      assertThat(shell.run("calls", "list", "--url", "localhost:8080", "--key", KEY)).isEqualTo(1);
      assertThat(shell.err()).contains("--url must be the address of a server");
    }

    @Test
    void withoutKeyTheWaysToNameOneAreTold() {
      assertThat(shell.run("calls", "list", "--data", folder.toString())).isEqualTo(1);
      assertThat(shell.err()).contains("--key").contains("SWITCHHOOK_KEY").contains("admin.key");
    }

    @Test
    void keyComesFromOptionBeforeEnvironmentBeforeDataFolder() throws IOException {
      Files.writeString(folder.resolve("admin.key"), "from-file\n");
      try (var api = new FakeApi().on("GET /api/v1/companies", 200, "{\"companies\":[]}")) {
        var data = folder.toString();
        shell.run("company", "list", "--url", api.url(), "--data", data);
        shell.with("SWITCHHOOK_KEY", "from-environment");
        shell.run("company", "list", "--url", api.url(), "--data", data);
        shell.run("company", "list", "--url", api.url(), "--data", data, "--key", "from-option");
        assertThat(api.asked())
            .extracting(FakeApi.Asked::authorization)
            .containsExactly("Bearer from-file", "Bearer from-environment", "Bearer from-option");
      }
    }

    @Test
    void keyThatIsNotAcceptedIsNamedByItsSource() throws IOException {
      try (var api = new FakeApi().on("GET /api/v1/companies", 401, "{}")) {
        shell.with("SWITCHHOOK_KEY", KEY);
        assertThat(shell.run("company", "list", "--url", api.url())).isEqualTo(1);
        assertThat(shell.err()).contains("SWITCHHOOK_KEY").doesNotContain(KEY);
      }
    }

    @Test
    void answerWithoutReasonIsStillTold() throws IOException {
      try (var api = new FakeApi().on("GET /api/v1/companies", 502, "<html>")) {
        assertThat(shell.run("company", "list", "--url", api.url(), "--key", KEY)).isEqualTo(1);
        assertThat(shell.err()).contains("answered 502 without saying why");
      }
    }
  }

  @Nested
  class CheckConfig {
    @Test
    void fileThatIsRightIsSaidToBe() throws IOException {
      var file = Files.writeString(folder.resolve("good.yaml"), "server: {port: 8081}\n");
      assertThat(shell.run("check-config", file.toString())).isZero();
      assertThat(shell.out()).contains("is all right");
    }

    @Test
    void allMistakesAreToldAtOnce() throws IOException {
      var file =
          Files.writeString(
              folder.resolve("bad.yaml"), "server: {port: 99999}\ndata: {retention: soon}\n");
      assertThat(shell.run("check-config", file.toString())).isEqualTo(1);
      assertThat(shell.err())
          .startsWith("2 mistakes")
          .contains("server.port = 99999")
          .contains("data.retention = soon");
    }
  }
}
