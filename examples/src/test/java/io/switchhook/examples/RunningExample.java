package io.switchhook.examples;

import io.switchhook.examples.jdk.JdkServerReceiver;
import io.switchhook.examples.servlet.WebhookServlet;
import io.switchhook.examples.spring.SpringReceiver;
import io.switchhook.receiver.Proof;
import io.switchhook.receiver.WebhookReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * An example that runs on a free port of loopback.
 *
 * @param url where its webhook is
 */
record RunningExample(URI url, Runnable stop) implements AutoCloseable {
  static final String TOKEN = "abc123def";
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final int STARTS_MAX = 5;

  /** On the JDK's own web server. */
  static RunningExample onJdkServer(Path calls) throws IOException {
    var server = JdkServerReceiver.start(0, receiver(), new CallBook(calls));
    return new RunningExample(url(server.getAddress().getPort()), () -> server.stop(0));
  }

  /** As a servlet in an embedded Tomcat. */
  static RunningExample inServletContainer(Path calls, Path folder) throws LifecycleException {
    var tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    var connector = tomcat.getConnector();
    connector.setProperty("address", "127.0.0.1");
    var context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "webhook", new WebhookServlet(receiver(), new CallBook(calls)));
    context.addServletMappingDecoded("/webhook", "webhook");
    tomcat.start();
    return new RunningExample(url(connector.getLocalPort()), () -> stop(tomcat));
  }

  /** As a Spring Boot application. */
  static RunningExample inSpringBoot(Path calls) {
    var application =
        new SpringApplicationBuilder(SpringReceiver.class)
            .run(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.jmx.enabled=false",
                "--webhook.token=" + TOKEN,
                "--webhook.secret=" + SECRET,
                "--webhook.calls=" + calls);
    var port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    return new RunningExample(url(port), application::close);
  }

  /** In PHP's own web server, which does not say which port it took: it is given one. */
  static RunningExample inPhp(Path calls, String script) throws IOException {
    for (var i = 0; i < STARTS_MAX; i++) {
      var port = freePort();
      var command = List.of("php", "-S", "127.0.0.1:" + port, script);
      var process = start(command, calls);
      if (!firstLineWith(process, "started").isEmpty()) {
        return of(process, port);
      }
      process.destroy();
    }
    throw new IllegalStateException("php -S found no free port");
  }

  /** In Python or Node, which say where they listen. */
  static RunningExample inProcess(Path calls, String... command) throws IOException {
    var process = start(List.of(command), calls);
    var line = firstLineWith(process, "Receiving at ");
    if (line.isEmpty()) {
      throw new IllegalStateException(String.join(" ", command) + " did not start");
    }
    return of(process, URI.create(line.substring(line.indexOf("http")).strip()).getPort());
  }

  @Override
  public void close() {
    stop.run();
  }

  private static void stop(Tomcat tomcat) {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }

  private static WebhookReceiver receiver() {
    return WebhookReceiver.of(
        Proof.ofHeader("my-super-secret-token", TOKEN)
            .andSignature(Proof.TOLERANCE_DEFAULT, SECRET));
  }

  private static URI url(int port) {
    return URI.create("http://127.0.0.1:" + port + "/webhook");
  }

  private static RunningExample of(Process process, int port) {
    return new RunningExample(url(port), () -> end(process));
  }

  private static Process start(List<String> command, Path calls) throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    var environment = new HashMap<>(Map.of("TOKEN", TOKEN, "SECRET", SECRET, "PORT", "0"));
    environment.put("CALLS", calls.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Reads until that line, and reads the rest away; empty when the process ends before. */
  private static String firstLineWith(Process process, String words) throws IOException {
    var lines = process.inputReader(StandardCharsets.UTF_8);
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains(words)) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
        return line;
      }
    }
    return "";
  }

  private static void end(Process process) {
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

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
