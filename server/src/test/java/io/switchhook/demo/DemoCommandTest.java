package io.switchhook.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.command.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class DemoCommandTest {
  @Test
  void oneCallIsToldOnceAndInOrder() {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, /* autoFlush= */ true, StandardCharsets.UTF_8);
    var terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            stream,
            stream,
            /* isInteractive= */ false,
            Map.of(),
            InstantSource.system(),
            ZoneOffset.UTC);
    var code =
        new CommandLine(new DemoCommand(terminal))
            .execute("--calls", "1", "--exit-when-done", "--port", "0");

    var printed = out.toString(StandardCharsets.UTF_8);
    assertThat(code).as(printed).isZero();
    assertThat(printed)
        .contains("incoming call on server", "dialing users: 918586848501", "user answered")
        .contains("call finished", "record of the call: connected")
        .contains("1 call, 5 events, 5 deliveries in ")
        .contains("repeats 0 · missing 0 · unexpected 0 · out of order 0")
        .contains("Every delivery arrived, once and in order.");
  }
}
