package io.switchhook.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.command.client.Answers;
import io.switchhook.command.client.Api;
import io.switchhook.command.client.ClientOptions;
import io.switchhook.command.terminal.PlainText;
import io.switchhook.command.terminal.Table;
import io.switchhook.command.terminal.Table.Cell;
import io.switchhook.command.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code webhook add}, {@code list}, {@code show} … */
@Command(
    name = "webhook",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {"Says what is told to whom.", ""},
    synopsisSubcommandLabel = "(add|list|show|update|test|enable|disable|rotate-secret|remove)",
    footer = {
      "",
      "A webhook is JSON, for example:",
      "  {\"name\": \"CRM\", \"trigger\": \"in_call\", \"target_url\": \"https://crm.example.com/hook\"}"
    })
final class WebhookCommand extends Group {
  private final Terminal terminal;

  WebhookCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Names one webhook. */
  static final class WebhookParameter {
    @Parameters(
        index = "0",
        paramLabel = "ID",
        description = "The webhook's id, from 'webhook list'.")
    String id = "";
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Adds a webhook.")
  int add(
      @Parameters(paramLabel = "FILE", description = "Its JSON; - is standard input.") String file,
      @Mixin ClientOptions client) {
    var body = Answers.read(file, terminal);
    try (var api = client.connect(terminal)) {
      var made = api.post(path(client), body).body();
      if (client.wantsJson()) {
        Answers.print(made, terminal);
        return 0;
      }
      terminal
          .out()
          .printf(
              "Webhook %s is there: %s events go to %s%n",
              Answers.text(made, "id"),
              trigger(made),
              PlainText.line(Answers.text(made, "target_url")));
      printSecret(made);
    }
    return 0;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Lists the webhooks.")
  int list(@Mixin ClientOptions client) {
    try (var api = client.connect(terminal)) {
      var answer = api.get(path(client)).body();
      if (client.wantsJson()) {
        Answers.print(answer, terminal);
        return 0;
      }
      var ink = terminal.ink();
      var table = new Table("ID", "NAME", "TELLS", "TO", "STATE", "WAITING", "LAST FAILURE");
      for (var webhook : answer.path("webhooks")) {
        var isEnabled = Answers.text(webhook, "state").equals("enabled");
        table.add(
            Cell.of(Answers.text(webhook, "id")),
            Cell.of(Answers.text(webhook, "name")),
            Cell.of(trigger(webhook)),
            Cell.of(Answers.text(webhook, "method") + " " + Answers.text(webhook, "target_url")),
            new Cell(state(webhook), isEnabled ? ink::good : ink::warning),
            Cell.of(Answers.text(webhook, "backlog")),
            Cell.of(lastFailure(webhook)));
      }
      if (table.isEmpty()) {
        terminal.out().println("No webhooks yet. Add one: switchhook webhook add FILE");
      } else {
        table.print(terminal.out(), ink);
      }
    }
    return 0;
  }

  private String lastFailure(JsonNode webhook) {
    var failure = webhook.path("last_failure");
    return Answers.time(failure, "at")
        .map(at -> terminal.times().full(at) + ": " + Answers.text(failure, "words"))
        .orElse("–");
  }

  private static String trigger(JsonNode webhook) {
    return Answers.text(webhook, "trigger").replace('_', '-');
  }

  private static String state(JsonNode webhook) {
    var reason = Answers.text(webhook, "disabled_reason");
    if (!reason.isEmpty()) {
      return Answers.text(webhook, "state") + ": " + reason;
    }
    var left = Set.of("open", "half_open").contains(Answers.text(webhook, "breaker"));
    return Answers.text(webhook, "state")
        + (left ? ", receiver fails" : "")
        + (webhook.path("detached").asBoolean() ? ", behind" : "");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Shows a webhook. Secrets are not shown.")
  int show(@Mixin WebhookParameter webhook, @Mixin ClientOptions client) {
    try (var api = client.connect(terminal)) {
      Answers.print(api.get(path(client, webhook.id)).body(), terminal);
    }
    return 0;
  }

  @Command(
      name = "update",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = {
        "Replaces a webhook's settings.",
        "A secret written as •••• keeps its old value, unless the URL names another server.",
        ""
      })
  int update(
      @Mixin WebhookParameter webhook,
      @Parameters(index = "1", paramLabel = "FILE", description = "Its JSON; - is standard input.")
          String file,
      @Mixin ClientOptions client) {
    var body = Answers.read(file, terminal);
    try (var api = client.connect(terminal)) {
      var path = path(client, webhook.id);
      var changed = api.put(path, body, api.get(path).etag()).body();
      if (client.wantsJson()) {
        Answers.print(changed, terminal);
      } else {
        terminal.out().println("Webhook " + webhook.id + " is changed.");
      }
    }
    return 0;
  }

  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Sends one sample call log now, and shows what was sent and what came back.")
  int test(@Mixin WebhookParameter webhook, @Mixin ClientOptions client) {
    try (var api = client.connect(terminal)) {
      var answer = api.post(path(client, webhook.id, "test"), empty()).body();
      if (client.wantsJson()) {
        Answers.print(answer, terminal);
        return 0;
      }
      return new TestReport(terminal).print(answer) ? 0 : 1;
    }
  }

  @Command(
      name = "enable",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Lets events be told again, from now on.")
  int enable(@Mixin WebhookParameter webhook, @Mixin ClientOptions client) {
    return act(webhook, client, "enable", "Webhook %s is enabled: what comes from now on is told.");
  }

  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Stops telling. What waits and what comes is recorded as given up.")
  int disable(@Mixin WebhookParameter webhook, @Mixin ClientOptions client) {
    return act(webhook, client, "disable", "Webhook %s is disabled.");
  }

  @Command(
      name = "rotate-secret",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Makes a new signing secret. The old one signs too, for a while.")
  int rotateSecret(@Mixin WebhookParameter webhook, @Mixin ClientOptions client) {
    return act(webhook, client, "rotate-secret", "Webhook %s signs with a new secret.");
  }

  private int act(WebhookParameter webhook, ClientOptions client, String action, String done) {
    try (var api = client.connect(terminal)) {
      var answer = api.post(path(client, webhook.id, action), empty()).body();
      if (client.wantsJson()) {
        Answers.print(answer, terminal);
        return 0;
      }
      terminal.out().println(done.formatted(webhook.id));
      printSecret(answer);
    }
    return 0;
  }

  /** A signing secret is in an answer exactly when it was just made. */
  private void printSecret(JsonNode answer) {
    var secret = Answers.text(answer.path("signing"), "secret");
    if (secret.startsWith("whsec_")) {
      terminal.err().println("Its signing secret is shown only now:");
      terminal.out().println(secret);
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Removes a webhook. What waits for it is not told.")
  int remove(@Mixin WebhookParameter webhook, @Mixin ClientOptions client) {
    try (var api = client.connect(terminal)) {
      api.delete(path(client, webhook.id));
      terminal.out().println("Webhook " + webhook.id + " is gone.");
    }
    return 0;
  }

  private static JsonNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String path(ClientOptions client, String... rest) {
    var parts = new ArrayList<>(List.of("companies", client.company(), "webhooks"));
    parts.addAll(List.of(rest));
    return Api.path(parts.toArray(String[]::new));
  }
}
