package io.switchhook.bench.run;

import io.switchhook.bench.process.GcLog;
import io.switchhook.bench.process.ServerProcess;
import io.switchhook.bench.process.ServerProcess.Launch;
import io.switchhook.bench.run.RunResult.HeapPoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lives of one server, one after the other on the same data folder. */
final class Lives implements AutoCloseable {
  private static final double NANOS = 1e9;

  private final Path folder;
  private final Path config;
  private final List<String> options;
  private final List<Life> past = new ArrayList<>();
  private @Nullable ServerProcess server;

  /** When a life began and what it said of its memory. */
  private record Life(long beganNanos, long readyMillis, Path gcLog) {}

  Lives(RigSettings settings, Path folder) throws IOException {
    this.folder = folder;
    this.options = settings.serverOptions();
    this.config =
        Files.writeString(
            folder.resolve("switchhook.yaml"),
            "targets: {allowed-networks: [\"127.0.0.0/8\"]}\n" + settings.serverYaml());
    if (settings.eventsBefore() > 0) {
      FilledStore.make(folder.resolve("data"), settings.eventsBefore());
    }
  }

  void begin() throws IOException, InterruptedException {
    var gcLog = folder.resolve("gc-" + past.size() + ".log");
    var all = new ArrayList<>(options);
    all.add(GcLog.option(gcLog));
    var began = System.nanoTime();
    var begun = ServerProcess.start(new Launch(config, folder.resolve("data"), all));
    server = begun;
    past.add(new Life(began, begun.readyAfter().toMillis(), gcLog));
  }

  ServerProcess server() {
    if (server == null) {
      throw new IllegalStateException("The server is not running.");
    }
    return server;
  }

  int port() {
    return URI.create(server().url()).getPort();
  }

  void kill() throws InterruptedException {
    server().kill();
  }

  void stop() throws InterruptedException {
    var exit = server().stop();
    if (exit != 0) {
      throw new IllegalStateException(
          "The server ended with " + exit + ":\n" + String.join("\n", server().output()));
    }
  }

  List<Long> readyMillis() {
    return past.stream().map(Life::readyMillis).toList();
  }

  List<String> options() {
    return options;
  }

  /** What was left of the heap after each collection, counted from this time. */
  List<HeapPoint> heap(long zeroNanos) throws IOException {
    var points = new ArrayList<HeapPoint>();
    for (var life : past) {
      var offset = (life.beganNanos - zeroNanos) / NANOS;
      for (var collection : GcLog.read(life.gcLog)) {
        points.add(
            new HeapPoint(
                offset + collection.atSeconds(),
                collection.heapBytes(),
                collection.pauseMillis(),
                collection.isFull()));
      }
    }
    return points;
  }

  @Override
  public void close() {
    if (server == null) {
      return;
    }
    try {
      server.kill(); // and waits for its end, so that the folder can go
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
