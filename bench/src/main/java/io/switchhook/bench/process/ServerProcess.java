package io.switchhook.bench.process;

import java.io.BufferedReader;
import java.io.File;
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

  /** The collector that ./switchhook starts servers with, unless another one is named. */
  private static final String COLLECTOR = "-XX:+UseParallelGC";

  /** The heap that ./switchhook gives servers, unless another one is named. */
  public static final List<String> HEAP = List.of("-Xmx512m", "-Xmn300m");

  private static final String JAR = "switchhook.jar";
  private static final String CACHE = "switchhook.aot";
  private static final int LINES_MAX = 400;
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration END_PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final Deque<String> lines = new ArrayDeque<>();
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private final long beganNanos;
  private final Consumer<String> reader;
  private volatile long readyNanos;

  private ServerProcess(Process process, long beganNanos, Consumer<String> reader) {
    this.process = process;
    this.beganNanos = beganNanos;
    this.reader = reader;
  }

  /**
   * How a server is started.
   *
   * @param config its settings file
   * @param data its data folder
   * @param options for its virtual machine
   * @param reader is given each line that it writes
   */
  public record Launch(Path config, Path data, List<String> options, Consumer<String> reader) {
    /** A virtual machine that starts quickly and stays small: for tests. */
    public static final List<String> QUICK =
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    public Launch {
      options = List.copyOf(options);
    }

    /** The same with nobody who reads. */
    public Launch(Path config, Path data, List<String> options) {
      this(config, data, options, _ -> {});
    }
  }

  /** Starts a server on a free port and waits until it is ready. */
  public static ServerProcess start(Launch launch) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command(launch)).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("SWITCHHOOK_"));
    builder.environment().put("SWITCHHOOK_ADMIN_KEY", ADMIN_KEY);
    var began = System.nanoTime();
    var server = new ServerProcess(builder.start(), began, launch.reader());
    Thread.ofPlatform().daemon().name("server-output").start(server::readOutput);
    server.awaitReady();
    return server;
  }

  private static List<String> command(Launch launch) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-XX:+ExitOnOutOfMemoryError");
    if (launch.options().stream().noneMatch(option -> option.contains("GC"))) {
      command.add(COLLECTOR);
    }
    command.addAll(launch.options());
    command.addAll(program());
    command.add("serve");
    command.addAll(List.of("--config", launch.config().toString()));
    command.addAll(List.of("--data", launch.data().toString(), "--port", "0"));
    return command;
  }

  /**
   * The program as users start it, where it is built: with the cache beside it that lets it start
   * warm. Else the classes that this process has.
   */
  private static List<String> program() {
    var classPath = System.getProperty("java.class.path");
    for (var entry : classPath.split(File.pathSeparator, -1)) {
      var jar = Path.of(entry);
      if (jar.endsWith(JAR)) {
        var cache = jar.resolveSibling(CACHE);
        return cache.toFile().length() > 0
            ? List.of("-XX:AOTCache=" + cache, "-jar", entry)
            : List.of("-jar", entry);
      }
    }
    return List.of("-cp", classPath, "io.switchhook.Switchhook");
  }

  /** Where it listens, such as {@code http://127.0.0.1:8080}. */
  public String url() {
    return ready.join();
  }

  /** The number of the process. */
  public long pid() {
    return process.pid();
  }

  /** From the start of the process to the line that says that it is ready. */
  public Duration readyAfter() {
    return Duration.ofNanos(readyNanos - beganNanos);
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
          readyNanos = System.nanoTime();
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
