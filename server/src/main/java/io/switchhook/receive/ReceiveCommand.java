package io.switchhook.receive;

import io.switchhook.command.Ports;
import io.switchhook.command.UntilStopped;
import io.switchhook.command.client.CommandFailedException;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code receive}: a receiver for trying, on loopback. */
@Command(
    name = "receive",
    mixinStandardHelpOptions = true,
    description = {
      "Receives webhooks on this machine and prints each call log as one line.",
      "Takes GET and POST at every path, the call log as a form field, as JSON or wrapped."
    })
public final class ReceiveCommand implements Callable<Integer> {
  private static final String HOST = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8090",
      description = "Port to listen on; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--header",
      paramLabel = "\"Name: value\"",
      description = "Refuse with 401 what does not carry this header.")
  private @Nullable String header;

  @Option(
      names = "--basic-auth",
      paramLabel = "USER:PASSWORD",
      description = "Refuse with 401 what does not carry this user and password.")
  private @Nullable String basicAuth;

  @Option(
      names = "--signing-secret",
      paramLabel = "SECRET",
      description = "Refuse with 401 what is not signed with this secret (whsec_...), now.")
  private @Nullable String signingSecret;

  @Option(
      names = "--answer",
      paramLabel = "SCRIPT",
      defaultValue = "200",
      description = {
        "What to answer to the first, second, third … request; the last is repeated.",
        "A list of: a status from 200 to 599; a status with seconds to wait (429:5); timeout"
            + " (never answers); reset (breaks the connection); slow (drips its body); redirect"
            + " (302). Default: ${DEFAULT-VALUE}."
      })
  private String answer = "200";

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var settings = settings();
    var until = UntilStopped.listening();
    var vertx = Vertx.vertx();
    try (var receiver = start(vertx, settings)) {
      out().println("Receiving at " + receiver.url() + " and every other path; Ctrl-C ends it.");
      out().flush();
      until.await();
      return 0;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 0;
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
      until.ended();
    }
  }

  private Receiver start(Vertx vertx, ReceiverSettings settings) {
    var describe = new DescribeReception(ZoneId.systemDefault());
    try {
      return Receiver.start(
          vertx,
          settings,
          reception -> {
            out().println(describe.line(reception));
            out().flush();
          });
    } catch (ReceiverException e) {
      throw new CommandFailedException(
          Ports.refusal(HOST, port)
              .map(reason -> reason + " Name another with --port.")
              .orElseGet(() -> String.valueOf(e.getMessage())));
    }
  }

  private ReceiverSettings settings() {
    if (port < 0 || port > 65_535) {
      throw wrong("--port " + port + ": a port is a number from 0 to 65535");
    }
    var proof =
        switch (new ProofOptions(header, basicAuth, signingSecret).parse()) {
          case ProofOptions.Asked(var asked) -> asked;
          case ProofOptions.Wrong(var reason) -> throw wrong(reason);
        };
    var script =
        switch (AnswerScript.parse(answer)) {
          case AnswerScript.Script(var parsed) -> parsed;
          case AnswerScript.Wrong(var reason) -> throw wrong("--answer: " + reason);
        };
    return new ReceiverSettings(HOST, port, proof, script, InstantSource.system());
  }

  private PrintWriter out() {
    return specified().commandLine().getOut();
  }

  private ParameterException wrong(@Nullable String reason) {
    return new ParameterException(specified().commandLine(), reason);
  }

  private CommandSpec specified() {
    if (spec == null) {
      throw new IllegalStateException("run it through picocli's CommandLine");
    }
    return spec;
  }
}
