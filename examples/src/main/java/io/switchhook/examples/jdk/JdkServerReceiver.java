package io.switchhook.examples.jdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.switchhook.examples.CallBook;
import io.switchhook.receiver.Proof;
import io.switchhook.receiver.ReceivedRequest;
import io.switchhook.receiver.Reception.Told;
import io.switchhook.receiver.WebhookReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** A receiver on the JDK's own web server, without anything else. */
public final class JdkServerReceiver {
  private JdkServerReceiver() {}

  /** Runs it; the environment names TOKEN, SECRET, CALLS and PORT. */
  public static void main(String[] arguments) throws IOException {
    var environment = System.getenv();
    var proof =
        Proof.ofHeader("my-super-secret-token", environment.getOrDefault("TOKEN", ""))
            .andSignature(Proof.TOLERANCE_DEFAULT, environment.getOrDefault("SECRET", ""));
    var book = new CallBook(Path.of(environment.getOrDefault("CALLS", "calls.tsv")));
    var port = Integer.parseInt(environment.getOrDefault("PORT", "8090"));
    var server = start(port, WebhookReceiver.of(proof), book);
    System.out.println("Receiving at http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** Starts it on this port of loopback; 0 takes a free one. */
  public static HttpServer start(int port, WebhookReceiver receiver, Consumer<Told> work)
      throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var server = HttpServer.create(address, 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> answer(exchange, receiver, work));
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange, WebhookReceiver receiver, Consumer<Told> work)
      throws IOException {
    try (exchange) {
      var reception =
          receiver.receive(
              new ReceivedRequest(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getRawQuery(),
                  exchange.getRequestHeaders()::getFirst,
                  exchange.getRequestBody().readNBytes(WebhookReceiver.BODY_BYTES_MAX + 1)),
              work);
      var words = (reception.answer() + "\n").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reception.status(), words.length);
      exchange.getResponseBody().write(words);
    }
  }
}
