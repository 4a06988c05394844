package io.switchhook.testkit.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A server in a process of its own, which can be killed as by {@code kill -9}. */
public final class ServerProcess implements AutoCloseable {
  /** The admin key that every one of them takes. */
  public static final String ADMIN_KEY = "the admin key of servers that are under test";

  private static final String READY = "Switchhook is ready: ";
  private static final int LINES_MAX = 400;
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration END_PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final Deque<String> lines = new ArrayDeque<>();
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private final Consumer<String> reader;

  private ServerProcess(Process process, Consumer<String> reader) {
    this.process = process;
    this.reader = reader;
  }

  /**
   * Starts a server with this settings file on this data folder and a free port, and waits until it
   * is ready. Its virtual machine is one that starts quickly.
   *
   * @param reader is given each line that it writes
   */
  static ServerProcess start(Path config, Path data, Consumer<String> reader)
      throws IOException, InterruptedException {
    return start(config, data, List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), reader);
  }

  /** The same with these options for its virtual machine, and nobody who reads. */
  public static ServerProcess start(Path config, Path data, List<String> options)
      throws IOException, InterruptedException {
    return start(config, data, options, _ -> {});
  }

  private static ServerProcess start(
      Path config, Path data, List<String> options, Consumer<String> reader)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command(config, data, options)).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("SWITCHHOOK_"));
    builder.environment().put("SWITCHHOOK_ADMIN_KEY", ADMIN_KEY);
    var server = new ServerProcess(builder.start(), reader);
    Thread.ofPlatform().daemon().name("server-output").start(server::readOutput);
    server.awaitReady();
    return server;
  }

  private static List<String> command(Path config, Path data, List<String> options) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx256m"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.switchhook.Switchhook", "serve", "--config", config.toString()));
    command.addAll(List.of("--data", data.toString(), "--port", "0"));
    return command;
  }

  /** Where it listens, such as {@code http://127.0.0.1:8080}. */
  public String url() {
    return ready.join();
  }

  /** The last lines that it wrote. */
  public List<String> output() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** Kills exactly this process, without a chance to do anything more, and waits for its end. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to stop, as at a shutdown of the machine, and waits; returns its exit code. */
  public int stop() throws InterruptedException {
    process.destroy();
    awaitEnd();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void awaitEnd() throws InterruptedException {
    if (!process.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the server does not end: " + output());
    }
  }

  private void awaitReady() throws InterruptedException {
    try {
      ready.get(START_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new IllegalStateException(
          "the server did not start:\n" + String.join("\n", output()), e);
    }
  }

  private void readOutput() {
    try (var output = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(READY)) {
          ready.complete(line.substring(READY.length()).strip());
        }
        reader.accept(line);
        synchronized (lines) {
          lines.add(line);
          if (lines.size() > LINES_MAX) {
            lines.removeFirst();
          }
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // It was killed in the middle of a line.
    } finally {
      ready.completeExceptionally(new IllegalStateException("it ended"));
    }
  }
}
