package io.switchhook.command;

import io.switchhook.command.client.CommandFailedException;
import io.switchhook.command.terminal.PlainText;
import io.switchhook.command.terminal.Terminal;
import io.switchhook.command.terminal.Words;
import io.switchhook.config.DefaultFile;
import io.switchhook.config.Settings;
import io.switchhook.config.SettingsReader;
import io.switchhook.config.SettingsResult;
import io.switchhook.config.SettingsSources;
import io.switchhook.runtime.OpenSources;
import io.switchhook.runtime.Server;
import io.switchhook.runtime.StartException;
import io.switchhook.sqlite.DataFolderException;
import io.switchhook.sqlite.DatabaseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}: the server, until it is stopped. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Runs the server: API, sources, delivery.",
      "On its first start it makes an admin key, shows it once and writes it to DATA/admin.key.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  switchhook serve",
      "  switchhook serve --config switchhook.yaml",
      "  switchhook serve --allow-network 10.0.0.0/8    webhooks may point into this network, too",
      "",
      "Each setting is also a variable: SWITCHHOOK_SERVER_PORT=9090 switchhook serve"
    })
public final class ServeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings; --print-default-config shows them all.")
  @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where everything is kept. Default: ./switchhook-data")
  @Nullable String data;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Where to listen; 0 takes a free one. Default: 8080")
  @Nullable String port;

  @Option(
      names = "--allow-network",
      paramLabel = "CIDR",
      description = "Webhooks may point into this network although it is not public. Repeatable.")
  List<String> allowedNetworks = new ArrayList<>();

  @Option(
      names = "--print-default-config",
      description = "Print all settings with their defaults, and do nothing else.")
  boolean printDefaultConfig;

  /** A command that writes to this terminal. */
  public ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (printDefaultConfig) {
      terminal.out().print(DefaultFile.text());
      return 0;
    }
    return switch (SettingsReader.read(sources(), OpenSources.checks())) {
      case SettingsResult.Complete(var settings) -> serve(settings);
      case SettingsResult.Mistaken(var mistakes) -> {
        terminal
            .err()
            .println("The settings have " + Words.count(mistakes.size(), "mistake") + ":");
        mistakes.forEach(
            mistake -> terminal.err().println("  " + PlainText.line(mistake.sentence())));
        yield 1;
      }
    };
  }

  private SettingsSources sources() {
    var overrides = new HashMap<String, List<String>>();
    if (data != null) {
      overrides.put("data.directory", List.of(data));
    }
    if (port != null) {
      overrides.put("server.port", List.of(port));
    }
    if (!allowedNetworks.isEmpty()) {
      overrides.put("targets.allowed-networks", allowedNetworks);
    }
    return new SettingsSources(config, terminal.environment(), overrides);
  }

  private int serve(Settings settings) throws InterruptedException {
    var place = settings.server();
    Ports.refusal(place.bind(), place.port())
        .ifPresent(
            reason -> {
              throw new CommandFailedException(reason + " Name another with --port.");
            });
    var until = UntilStopped.listening();
    try (var server = started(settings, terminal.environment())) {
      server
          .firstAdminKey()
          .ifPresent(
              key ->
                  terminal
                      .out()
                      .printf(
                          "Admin key: %s%nIt is shown only now; it is also in %s%n",
                          key, settings.data().directory().resolve("admin.key")));
      var _ = server.broken().thenRun(until::release);
      terminal.out().println("Switchhook is ready: " + url(place.bind(), server.port()));
      until.await();
      if (until.wasAsked()) {
        terminal.out().println("Stopping; attempts under way get up to 20 seconds.");
        return 0;
      }
      terminal.err().println("A store failed, and the log says why. Start it again to go on.");
      return 1;
    } finally {
      until.ended();
    }
  }

  /** Starts a server, or says why it cannot be started. */
  public static Server started(Settings settings, Map<String, String> environment) {
    try {
      return Server.start(settings, environment);
    } catch (StartException | DataFolderException | DatabaseException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()));
    }
  }

  /** Where a server can be reached from this machine. */
  static String url(String bind, int port) {
    var host =
        switch (bind) {
          case "0.0.0.0", "::", "0:0:0:0:0:0:0:0" -> "127.0.0.1";
          default -> bind.contains(":") ? "[" + bind + "]" : bind;
        };
    return "http://" + host + ":" + port;
  }
}
