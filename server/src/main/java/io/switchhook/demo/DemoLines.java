package io.switchhook.demo;

import io.switchhook.calllog.CallLog;
import io.switchhook.command.terminal.LocalTimes;
import io.switchhook.command.terminal.PlainText;
import io.switchhook.command.terminal.Terminal;
import io.switchhook.command.terminal.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What the demonstration prints: one line for each delivery, and what came of it all. */
final class DemoLines {
  private static final String COLUMNS = "%-12s  %-20s  %-42s  %-10s  %s  %s";

  private final Terminal terminal;

  DemoLines(Terminal terminal) {
    this.terminal = terminal;
  }

  void heading(DemoServer server, String receiver) {
    var ink = terminal.ink();
    line("Switchhook is ready: " + server.url());
    line(
        "A receiver listens at " + receiver + "; recorded calls are told as if they happened now.");
    line("Look around meanwhile: open " + server.url() + " in a browser and log in with the key");
    line("  " + server.key());
    line("or in another terminal:");
    line("  export SWITCHHOOK_KEY=" + server.key());
    line("  ./switchhook calls list --url " + server.url());
    line("Ctrl-C ends it.");
    line("");
    line(
        ink.bold(
            COLUMNS.formatted(
                "TIME", "CALL", "WHAT HAPPENED", "WEBHOOK", "STATUS", "ARRIVED AFTER")));
  }

  /** A delivery, and what the receiver answered to it. */
  record Delivery(Instant at, DemoWebhook webhook, CallLog log, String answer, double millis) {}

  void delivery(Delivery delivery) {
    var log = delivery.log();
    line(
        COLUMNS.formatted(
            terminal.times().moment(delivery.at()),
            PlainText.line(log.uid(), 20),
            PlainText.line(happened(log), 42),
            delivery.webhook().word(),
            "%-6s".formatted(PlainText.line(delivery.answer())),
            String.format(Locale.ROOT, "%.1f ms", delivery.millis())));
  }

  private static String happened(CallLog log) {
    var state = log.text("call_state");
    if (state.isEmpty()) {
      var length = log.text("_dr").map(text -> ", " + text).orElse("");
      return "record of the call: " + Words.status(log.text("_su").orElse("")) + length;
    }
    var users = log.text("users").filter(text -> !text.isEmpty());
    return Words.state(state.get()) + users.map(text -> ": " + text).orElse("");
  }

  void summary(Ledger.Summary summary, Duration took) {
    var ink = terminal.ink();
    line("");
    line(
        ink.bold(
            "%s, %s, %s in %s"
                .formatted(
                    Words.count(summary.calls(), "call"),
                    Words.count(summary.events(), "event"),
                    summary.deliveries() == 1
                        ? "1 delivery"
                        : String.format(Locale.ROOT, "%,d deliveries", summary.deliveries()),
                    LocalTimes.length(took))));
    line(
        "repeats %d · missing %d · unexpected %d · out of order %d"
            .formatted(
                summary.repeats(), summary.missing(), summary.unexpected(), summary.outOfOrder()));
    line(
        String.format(
            Locale.ROOT,
            "from handing the log in to its arrival: median %.1f ms, 99%% within %.1f ms",
            summary.medianMillis(),
            summary.p99Millis()));
  }

  void verdict(boolean isPerfect) {
    var ink = terminal.ink();
    line(
        isPerfect
            ? ink.good("Every delivery arrived, once and in order.")
            : ink.bad("Not every delivery arrived once and in order."));
  }

  private synchronized void line(String text) {
    terminal.out().println(text);
  }
}
