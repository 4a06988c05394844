package io.switchhook.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ReceiveCommandTest {
  private static final Path CURL = Path.of("/usr/bin/curl");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "--answer=nonsense | 'nonsense' is no answer; allowed is a list of",
        "--header=nonsense | a header is written as Name: value",
        "--basic-auth=nonsense | basic authentication is written as USER:PASSWORD",
        "--port=70000 | a port is a number from 0 to 65535",
        "--port=x | Invalid value for option '--port'"
      })
  void wrongUseIsRefusedWithWhatIsAllowed(String argument, String message) {
    var errors = new StringWriter();
    var command = new CommandLine(new ReceiveCommand()).setErr(new PrintWriter(errors));

    assertThat(command.execute(argument)).isEqualTo(2);
    assertThat(errors.toString()).contains(message);
  }

  @Test
  void vendorsCurlLinesWork() throws Exception {
    assumeTrue(Files.isExecutable(CURL), "curl is not installed");
    try (var pipe = new PipedReader(1 << 16);
        var lines = new BufferedReader(pipe);
        var out = new PrintWriter(new PipedWriter(pipe), true)) {
      var command = new CommandLine(new ReceiveCommand()).setOut(out);
      var run =
          new FutureTask<>(
              () ->
                  command.execute(
                      "--port=0",
                      "--basic-auth=admin:123456",
                      "--header=my-super-secret-token: abc123def"));
      var thread = Thread.ofPlatform().start(run);
      var url = urlIn(lines.readLine());
      var proof = List.of("-u", "admin:123456", "-H", "my-super-secret-token: abc123def");

      assertThat(
              curl(
                  proof,
                  "-X",
                  "POST",
                  url,
                  "-d",
                  "myoperator={\"uid\":\"n2.1\",\"call_state\":\"1\"}"))
          .isEqualTo("200");
      assertThat(lines.readLine()).contains("1 incoming call on server").endsWith("n2.1  -> 200");
      assertThat(curl(proof, "-X", "GET", url + "?caller_number=+919999999999")).isEqualTo("200");
      assertThat(lines.readLine()).contains("caller_number=+919999999999");
      assertThat(curl(List.of("-u", "admin:123456"), url)).isEqualTo("401");
      assertThat(curl(List.of(), "-X", "POST", url, "-H", "my-super-secret-token: abc123def"))
          .isEqualTo("401");

      thread.interrupt();
      assertThat(run.get(30, TimeUnit.SECONDS)).isZero();
    }
  }

  private static String urlIn(String line) {
    var match = Pattern.compile("http://\\S+").matcher(line);
    assertThat(match.find()).as(line).isTrue();
    return match.group();
  }

  private static String curl(List<String> proof, String... arguments)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                CURL.toString(), "-s", "--noproxy", "*", "-o", "/dev/null", "-w", "%{http_code}"));
    command.addAll(proof);
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
