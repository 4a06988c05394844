package io.switchhook.testkit;

import io.switchhook.bench.process.ServerProcess;
import io.switchhook.bench.process.ServerProcess.Launch;
import io.switchhook.testkit.ledger.Api;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long one event takes through an idle server: from the first byte of the request to
 * its API to the first byte of the request at the receiver. Events go one at a time, each of a call
 * of its own. Run by hand: a folder may be named, on the disk that is to be measured.
 */
public final class LatencyBench {
  private static final int RUNS = 5;
  private static final int WARM_UP = 200;
  private static final int EVENTS = 1_000;
  private static final int PATIENCE_SECONDS = 20;
  private static final byte[] TAKEN =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** When each request's first byte was there. */
  private final SynchronousQueue<Long> arrivals = new SynchronousQueue<>();

  private LatencyBench() {}

  /** Takes the folder to write to; without one, the folder for temporary files. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var parent =
        arguments.length > 0
            ? Path.of(arguments[0])
            : Path.of(System.getProperty("java.io.tmpdir"));
    IO.println(
        "%d runs, each a new server, %d events to warm up, %d measured one at a time"
            .formatted(RUNS, WARM_UP, EVENTS));
    IO.println("run   minimum    median       p99   maximum   (ms)");
    var medians = new double[RUNS];
    for (var run = 0; run < RUNS; run++) {
      var nanos = new LatencyBench().run(Files.createTempDirectory(parent, "latency-"));
      Arrays.sort(nanos);
      medians[run] = nanos[EVENTS / 2] / 1e6;
      IO.println(
          String.format(
              Locale.ROOT,
              "%3d %9.3f %9.3f %9.3f %9.3f",
              run + 1,
              nanos[0] / 1e6,
              medians[run],
              nanos[EVENTS * 99 / 100] / 1e6,
              nanos[EVENTS - 1] / 1e6));
    }
    Arrays.sort(medians);
    IO.println(String.format(Locale.ROOT, "median of the medians: %.3f ms", medians[RUNS / 2]));
  }

  private long[] run(Path folder) throws IOException, InterruptedException {
    var config =
        Files.writeString(
            folder.resolve("switchhook.yaml"), "targets: {allowed-networks: [127.0.0.0/8]}\n");
    try (var receiver = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        var server =
            ServerProcess.start(new Launch(config, folder.resolve("data"), List.of("-Xmx256m")));
        var api = new Api()) {
      Thread.ofPlatform().daemon().start(() -> receive(receiver));
      var webhook =
          "{\"name\":\"bench\",\"trigger\":\"in_call\",\"target_url\":\"http://127.0.0.1:%d/\"}"
              .formatted(receiver.getLocalPort());
      if (api.post(server.url(), "/webhooks", webhook).status() != 201) {
        throw new IllegalStateException("the webhook was refused");
      }
      var url = URI.create(server.url());
      try (var connection = new Socket(url.getHost(), url.getPort())) {
        connection.setTcpNoDelay(true);
        send(connection, 0, WARM_UP);
        return send(connection, WARM_UP, EVENTS);
      }
    }
  }

  private long[] send(Socket connection, int from, int count)
      throws IOException, InterruptedException {
    var nanos = new long[count];
    var in = new BufferedInputStream(connection.getInputStream());
    for (var i = 0; i < count; i++) {
      var request = request("bench-" + (from + i));
      var began = System.nanoTime();
      connection.getOutputStream().write(request);
      var arrived = arrivals.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (arrived == null) {
        throw new IllegalStateException("event " + (from + i) + " did not arrive");
      }
      nanos[i] = arrived - began;
      var answer = message(in);
      if (!answer.startsWith("HTTP/1.1 202")) {
        throw new IllegalStateException("event " + (from + i) + " was answered " + answer);
      }
    }
    return nanos;
  }

  private static byte[] request(String uid) {
    var log =
        """
        {"id":"5f25296c4122c135","uid":"%s","reference_id":null,"company_id":"5d1c6d5bd6d47651",\
        "clid_raw":"919711636496","clid":"9711636496","rdnis":"918049202020","call_state":"1",\
        "event":"1","status":null,"users":["919999999999"],"created":"2026-01-05 10:00:00",\
        "call_time":"2026-01-05 10:00:00","public_ivr_id":null,"client_ref_id":null,"job_id":null}"""
            .formatted(uid);
    var head =
        "POST /api/v1/companies/default/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + ServerProcess.ADMIN_KEY
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + log.length()
            + "\r\n\r\n";
    return (head + log).getBytes(StandardCharsets.US_ASCII);
  }

  private void receive(ServerSocket receiver) {
    while (!receiver.isClosed()) {
      try {
        var connection = receiver.accept();
        connection.setTcpNoDelay(true);
        Thread.ofPlatform().daemon().start(() -> take(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void take(Socket connection) {
    try (connection) {
      var in = new BufferedInputStream(connection.getInputStream());
      while (true) {
        in.mark(1);
        if (in.read() < 0) {
          return;
        }
        var arrived = System.nanoTime();
        in.reset();
        var _ = message(in);
        connection.getOutputStream().write(TAKEN);
        arrivals.put(arrived);
      }
    } catch (IOException e) {
      // The server was closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A message's head, after its body was read, too. */
  private static String message(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      var b = in.read();
      if (b < 0) {
        throw new IOException("ended within " + head);
      }
      head.append((char) b);
    }
    var lower = head.toString().toLowerCase(Locale.ROOT);
    var length = lower.indexOf("content-length:");
    if (length >= 0) {
      var value = lower.substring(length + 15, lower.indexOf("\r\n", length)).strip();
      in.skipNBytes(Long.parseLong(value));
    }
    return head.toString();
  }
}
