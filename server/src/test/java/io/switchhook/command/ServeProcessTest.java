package io.switchhook.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.Switchhook;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: what it prints, how it ends. */
final class ServeProcessTest {
  private static final int PATIENCE_SECONDS = 60;

  @TempDir Path folder;

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  private Process start(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Switchhook.class.getName());
    command.addAll(Arrays.asList(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SWITCHHOOK_"));
    var process = builder.start();
    started.add(process);
    return process;
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    return process.exitValue();
  }

  private static String readUntil(BufferedReader reader, String words) throws IOException {
    var read = new StringBuilder();
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      read.append(line).append('\n');
      if (line.contains(words)) {
        return read.toString();
      }
    }
    throw new AssertionError("'" + words + "' is not in: " + read);
  }

  @Test
  void serverSaysWhenItIsReadyAndEndsWithZeroWhenItIsStopped() throws Exception {
    var server = start("serve", "--port", "0");
    try (var out = server.inputReader(StandardCharsets.UTF_8)) {
      assertThat(readUntil(out, "Switchhook is ready: http://127.0.0.1:"))
          .contains("Admin key: ")
          .contains("admin.key");
      assertThat(folder.resolve("switchhook-data/admin.key")).exists();

      var second = start("serve", "--port", "0");
      assertThat(exitCode(second)).isEqualTo(1);
      assertThat(new String(second.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("is in use by process " + server.pid());

      server.toHandle().destroy();
      readUntil(out, "Stopping");
    }
    assertThat(exitCode(server)).isZero();
  }

  @Test
  void receiverEndsWithZeroWhenItIsStopped() throws Exception {
    var receiver = start("receive", "--port", "0");
    try (var out = receiver.inputReader(StandardCharsets.UTF_8)) {
      readUntil(out, "Receiving at http://127.0.0.1:");
      receiver.toHandle().destroy();
    }
    assertThat(exitCode(receiver)).isZero();
  }

  @Test
  void takenPortIsRefusedByNamingItsHolder() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = String.valueOf(socket.getLocalPort());
      for (var command : List.of("serve", "receive")) {
        var refused = start(command, "--port", port);
        assertThat(exitCode(refused)).isEqualTo(1);
        var reason = new String(refused.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(reason).contains(port).contains("Name another with --port.");
        if (Path.of("/proc/net/tcp").toFile().exists()) {
          assertThat(reason).contains("(process " + ProcessHandle.current().pid() + ")");
        }
      }
      assertThat(folder.resolve("switchhook-data")).doesNotExist();
    }
  }

  @Test
  void mistakesInSettingsAreRefusedTogether() throws Exception {
    var refused = start("serve", "--port", "abc", "--allow-network", "10.0.0.0/99");
    assertThat(exitCode(refused)).isEqualTo(1);
    assertThat(new String(refused.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("2 mistakes", "server.port = abc", "targets.allowed-networks");
  }

  @Test
  void defaultSettingsArePrinted() throws Exception {
    var printed = start("serve", "--print-default-config");
    var text = new String(printed.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(exitCode(printed)).isZero();
    assertThat(text).contains("retry-schedule:");
  }
}
