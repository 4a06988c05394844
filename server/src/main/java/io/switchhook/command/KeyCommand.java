package io.switchhook.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.command.client.Answers;
import io.switchhook.command.client.Api;
import io.switchhook.command.client.ClientOptions;
import io.switchhook.command.terminal.Table;
import io.switchhook.command.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code key add}, {@code key list}, {@code key revoke}. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {"Makes, lists and revokes API keys.", ""},
    synopsisSubcommandLabel = "(add|list|revoke)")
final class KeyCommand extends Group {
  private final Terminal terminal;

  KeyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What a new key may have. */
  static final class NewKeyOptions {
    @Option(names = "--name", paramLabel = "WORDS", description = "What it is for.")
    String name = "";

    @Option(
        names = "--may-start-calls",
        description = "Its holder may start phone calls, which cost money. An admin key may.")
    boolean mayStartCalls;

    @Mixin Whose whose = new Whose();

    ObjectNode json() {
      var json = JsonNodeFactory.instance.objectNode();
      if (!name.isEmpty()) {
        json.put("name", name);
      }
      if (mayStartCalls) {
        json.put("may_start_calls", true);
      }
      return json;
    }
  }

  /** Whose keys are meant. */
  static final class Whose {
    @Option(
        names = "--admin",
        description = "The installation's keys, which open everything, instead of a company's.")
    boolean admin;

    String[] path(ClientOptions client, String... rest) {
      var parts = new ArrayList<String>();
      parts.addAll(admin ? List.of("keys") : List.of("companies", client.company(), "keys"));
      parts.addAll(List.of(rest));
      return parts.toArray(String[]::new);
    }
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = {
        "Makes a key and shows it: once, because only a hash of it is kept.",
        "With --data, and while the server is stopped, it is written into the data folder itself:"
            + " the way back in when every key is lost.",
        ""
      })
  int add(@Mixin NewKeyOptions options, @Mixin ClientOptions client) {
    var data = client.data();
    if (data != null && !OfflineKeys.isServing(data)) {
      var made = OfflineKeys.add(data, client.company(), options);
      terminal.out().println(made);
      return 0;
    }
    try (var api = client.connect(terminal)) {
      var made = api.post(Api.path(options.whose.path(client)), options.json()).body();
      if (client.wantsJson()) {
        Answers.print(made, terminal);
      } else {
        terminal.err().println("This key is shown only now. Keep it where nobody else reads it:");
        terminal.out().println(Answers.text(made, "key"));
      }
    }
    return 0;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Lists keys, without their secrets.")
  int list(@Mixin Whose whose, @Mixin ClientOptions client) {
    try (var api = client.connect(terminal)) {
      var answer = api.get(Api.path(whose.path(client))).body();
      if (client.wantsJson()) {
        Answers.print(answer, terminal);
        return 0;
      }
      var table = new Table("ID", "NAME", "STARTS CALLS", "SINCE");
      for (var key : answer.path("keys")) {
        table.add(
            Answers.text(key, "id"),
            Answers.text(key, "name"),
            key.path("may_start_calls").asBoolean() ? "yes" : "no",
            Answers.localTime(key, "created_at", terminal));
      }
      if (table.isEmpty()) {
        terminal.out().println("There are none.");
      } else {
        table.print(terminal.out(), terminal.ink());
      }
    }
    return 0;
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Takes a key out of use, at once.")
  int revoke(
      @Parameters(paramLabel = "ID", description = "The key's id, from 'key list'.") String id,
      @Mixin Whose whose,
      @Mixin ClientOptions client) {
    try (var api = client.connect(terminal)) {
      api.delete(Api.path(whose.path(client, id)));
      terminal.out().println("Key " + id + " opens nothing any more.");
    }
    return 0;
  }
}
