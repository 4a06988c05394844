package io.switchhook.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.command.client.Answers;
import io.switchhook.command.client.Api;
import io.switchhook.command.client.ClientOptions;
import io.switchhook.command.terminal.Table;
import io.switchhook.command.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code company add}, {@code company list}. */
@Command(
    name = "company",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {"Adds and lists companies, the tenants of this installation.", ""},
    synopsisSubcommandLabel = "(add|list|update)")
final class CompanyCommand extends Group {
  private final Terminal terminal;

  CompanyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What a new company may have beside its name. */
  static final class NewCompany {
    @Option(
        names = "--company-id",
        paramLabel = "HEX",
        description = "Its company_id, 16 hexadecimal digits. Made when absent.")
    @Nullable String companyId;

    @Option(
        names = "--after-call-logs",
        description =
            "Assemble an after-call log for each call that comes in as in-call logs through the"
                + " API.")
    boolean afterCallLogs;
  }

  /** As it is written on the command line. */
  enum Switch {
    on,
    off
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Adds a company. Needs an admin key.")
  int add(
      @Parameters(paramLabel = "NAME", description = "Its name in URLs and commands.") String name,
      @Mixin NewCompany options,
      @Mixin ClientOptions client) {
    var body = JsonNodeFactory.instance.objectNode().put("name", name);
    if (options.companyId != null) {
      body.put("company_id", options.companyId);
    }
    if (options.afterCallLogs) {
      body.put("after_call_logs", true);
    }
    try (var api = client.connect(terminal)) {
      var made = api.post(Api.path("companies"), body).body();
      if (client.wantsJson()) {
        Answers.print(made, terminal);
      } else {
        terminal
            .out()
            .printf(
                "Company %s is there, with the company_id %s.%n",
                Answers.text(made, "name"), Answers.text(made, "company_id"));
      }
    }
    return 0;
  }

  @Command(
      name = "update",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Changes a company. Needs an admin key.")
  int update(
      @Parameters(paramLabel = "NAME", description = "Its name or company_id.") String name,
      @Option(
              names = "--after-call-logs",
              paramLabel = "on|off",
              required = true,
              description = "Assemble after-call logs from now on, or no longer.")
          Switch afterCallLogs,
      @Mixin ClientOptions client) {
    var body = JsonNodeFactory.instance.objectNode();
    body.put("after_call_logs", afterCallLogs == Switch.on);
    try (var api = client.connect(terminal)) {
      var changed = api.patch(Api.path("companies", name), body).body();
      if (client.wantsJson()) {
        Answers.print(changed, terminal);
      } else {
        terminal.out().println("Company " + name + " is changed.");
      }
    }
    return 0;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Lists the companies. Needs an admin key.")
  int list(@Mixin ClientOptions client) {
    try (var api = client.connect(terminal)) {
      var answer = api.get(Api.path("companies")).body();
      if (client.wantsJson()) {
        Answers.print(answer, terminal);
        return 0;
      }
      var table = new Table("NAME", "COMPANY_ID", "AFTER-CALL LOGS", "SINCE");
      for (var company : answer.path("companies")) {
        table.add(
            Answers.text(company, "name"),
            Answers.text(company, "company_id"),
            company.path("after_call_logs").asBoolean() ? "assembled" : "as they come",
            Answers.localTime(company, "created_at", terminal));
      }
      table.print(terminal.out(), terminal.ink());
    }
    return 0;
  }
}
