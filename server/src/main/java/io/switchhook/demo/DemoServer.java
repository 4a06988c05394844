package io.switchhook.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.command.ServeCommand;
import io.switchhook.command.client.Api;
import io.switchhook.command.client.CommandFailedException;
import io.switchhook.config.SettingsReader;
import io.switchhook.config.SettingsResult;
import io.switchhook.config.SettingsSources;
import io.switchhook.runtime.Server;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The demonstration's server, in a folder of its own, with its two webhooks. */
final class DemoServer implements AutoCloseable {
  private static final String COMPANY = "default";
  private static final String HOST = "127.0.0.1";

  private final Server server;
  private final Api api;
  private final String key;

  private DemoServer(Server server, String key) {
    this.server = server;
    this.key = key;
    this.api = new Api(url(), new Api.Access(key, "the demonstration"));
  }

  /** Starts a server; port 0 takes a free one. */
  static DemoServer start(Path folder, int port) {
    var overrides =
        Map.of(
            "server.bind", List.of(HOST),
            "server.port", List.of(String.valueOf(port)),
            "data.directory", List.of(folder.toString()),
            "targets.allowed-networks", List.of("127.0.0.0/8"));
    // The environment's settings are another server's; only what is said here counts.
    return switch (SettingsReader.read(new SettingsSources(null, Map.of(), overrides))) {
      case SettingsResult.Complete(var settings) -> {
        var server = ServeCommand.started(settings, Map.of());
        yield new DemoServer(server, server.firstAdminKey().orElseThrow());
      }
      case SettingsResult.Mistaken(var mistakes) ->
          throw new CommandFailedException(mistakes.getFirst().sentence());
    };
  }

  URI url() {
    return URI.create("http://" + HOST + ":" + server.port());
  }

  String key() {
    return key;
  }

  /** Switches after-call logs on and adds a webhook for each of the two triggers. */
  void configure(URI receiver) {
    api.patch(
        Api.path("companies", COMPANY),
        JsonNodeFactory.instance.objectNode().put("after_call_logs", true));
    for (var webhook : DemoWebhook.values()) {
      var body = JsonNodeFactory.instance.objectNode();
      body.put("name", webhook.word());
      body.put("trigger", webhook.trigger());
      body.put("target_url", receiver.resolve(webhook.path()).toString());
      var made = api.post(Api.path("companies", COMPANY, "webhooks"), body).body();
      // Tried once, so that the first call meets a receiver that is known to answer.
      api.post(
          Api.path("companies", COMPANY, "webhooks", made.path("id").asText(), "test"),
          JsonNodeFactory.instance.objectNode());
    }
  }

  /** The company's id. */
  String companyId() {
    return api.get(Api.path("companies", COMPANY)).body().path("company_id").asText();
  }

  /** Hands a log in; returns when it is durable. */
  void handIn(JsonNode log) {
    api.post(Api.path("companies", COMPANY, "events"), log);
  }

  @Override
  public void close() {
    api.close();
    server.close();
  }
}
