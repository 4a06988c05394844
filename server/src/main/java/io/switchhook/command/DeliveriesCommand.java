package io.switchhook.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.command.client.Answers;
import io.switchhook.command.client.Api;
import io.switchhook.command.client.ClientOptions;
import io.switchhook.command.client.Pages;
import io.switchhook.command.terminal.Table;
import io.switchhook.command.terminal.Table.Cell;
import io.switchhook.command.terminal.Terminal;
import io.switchhook.command.terminal.Words;
import java.util.LinkedHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deliveries list}. */
@Command(
    name = "deliveries",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {"Shows what was told to whom, and what was not.", ""},
    synopsisSubcommandLabel = "(list)",
    footer = {
      "",
      "Examples:",
      "  switchhook deliveries list --outcome failed         what is being tried again now",
      "  switchhook deliveries list --outcome given_up_exhausted --from 1d"
    })
final class DeliveriesCommand extends Group {
  private final Terminal terminal;

  DeliveriesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What narrows a list of deliveries. */
  static final class DeliveryFilter {
    @Option(names = "--webhook", paramLabel = "ID", description = "Only to this webhook.")
    String webhook = "";

    @Option(names = "--uid", paramLabel = "UID", description = "Only of this call.")
    String uid = "";

    @Option(
        names = "--outcome",
        paramLabel = "WORD",
        description =
            "Only those that stand so: pending, delivered, failed (still tried again),"
                + " given_up_exhausted, given_up_expired, given_up_superseded, given_up_disabled,"
                + " given_up_retention.")
    String outcome = "";
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Lists deliveries, newest event first.")
  int list(@Mixin DeliveryFilter filter, @Mixin Period period, @Mixin ClientOptions client) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("webhook", filter.webhook);
    parameters.put("uid", filter.uid);
    parameters.put("outcome", filter.outcome);
    period.addTo(parameters);
    try (var api = client.connect(terminal)) {
      var path = Api.path("companies", client.company(), "deliveries");
      var wanted = new Pages.Wanted("deliveries", period.limit);
      var found = Pages.read(api, path, parameters, wanted);
      if (client.wantsJson()) {
        Answers.print(
            JsonNodeFactory.instance.objectNode().set("deliveries", found.items()), terminal);
        return 0;
      }
      print(found);
    }
    return 0;
  }

  private void print(Pages.Items found) {
    if (found.items().isEmpty()) {
      terminal.out().println("No such deliveries.");
      return;
    }
    var ink = terminal.ink();
    var table =
        new Table("EVENT OF", "CALL", "#", "WEBHOOK", "OUTCOME", "ATTEMPTS", "LAST ATTEMPT");
    for (var delivery : found.items()) {
      var outcome = Answers.text(delivery, "outcome");
      var attempts = delivery.path("attempts");
      table.add(
          Cell.of(Answers.localTime(delivery, "accepted_at", terminal)),
          Cell.of(Answers.text(delivery, "uid")),
          Cell.of(Answers.text(delivery, "sequence")),
          Cell.of(Answers.text(delivery, "webhook")),
          new Cell(Words.outcome(outcome), Words.emphasis(outcome, ink)),
          Cell.of(String.valueOf(attempts.size())),
          Cell.of(last(attempts)));
    }
    table.print(terminal.out(), ink);
    if (found.hasMore()) {
      terminal.out().println("There are more: --limit shows them.");
    }
  }

  private static String last(JsonNode attempts) {
    return attempts.isEmpty() ? "–" : CallTimeline.wentLike(attempts.get(attempts.size() - 1));
  }
}
