package io.switchhook.target;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** PHP's own web server on loopback with the scripts of {@code src/test/resources/php}. */
final class PhpServer implements AutoCloseable {
  private static final int STARTS_MAX = 5;
  private static final Path SCRIPTS = Path.of("src/test/resources/php");

  private final Process process;
  private final int port;
  private final Path seen;

  private PhpServer(Process process, int port, Path seen) {
    this.process = process;
    this.port = port;
    this.seen = seen;
  }

  /** Starts it; what the script sees is written into {@code folder}. */
  static PhpServer start(Path folder) throws IOException {
    for (var i = 0; i < STARTS_MAX; i++) {
      var port = freePort();
      var seen = folder.resolve("seen.json");
      var builder =
          new ProcessBuilder(
                  "php", "-S", "127.0.0.1:" + port, "-t", SCRIPTS.toAbsolutePath().toString())
              .redirectErrorStream(true);
      builder.environment().put("SEEN", seen.toString());
      var process = builder.start();
      if (hasStarted(process)) {
        return new PhpServer(process, port, seen);
      }
      process.destroy();
    }
    throw new IllegalStateException("php -S found no free port");
  }

  String url() {
    return "http://127.0.0.1:" + port + "/webhook.php";
  }

  /** What the script made of the last request; the next one is seen afresh. */
  JsonObject takeSeen() {
    try {
      var text = Files.readString(seen);
      Files.delete(seen);
      return new JsonObject(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** PHP says "started" when it listens; after that its lines are read away. */
  private static boolean hasStarted(Process process) throws IOException {
    var lines = process.inputReader(StandardCharsets.UTF_8);
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains("started")) {
        Thread.ofVirtual().start(() -> drain(lines));
        return true;
      }
    }
    return false;
  }

  private static void drain(BufferedReader lines) {
    try (lines) {
      while (lines.readLine() != null) {
        // Its access log is of no interest.
      }
    } catch (IOException _) {
      // PHP has ended.
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
