package io.switchhook.console.settings;

import io.switchhook.admin.DataKept;
import io.switchhook.admin.HttpApi;
import io.switchhook.company.Audit;
import io.switchhook.console.ConsoleAnswer;
import io.switchhook.console.ConsoleRequest;
import io.switchhook.console.ConsoleRoute;
import io.switchhook.console.Frame;
import io.switchhook.console.Templates;
import io.switchhook.console.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is kept for how long; for admins also how much room it takes. */
final class DataPage {
  /** How wide the bar is drawn. */
  static final int BAR_WIDTH = 1_000;

  private final Supplier<DataKept> kept;
  private final Templates templates;

  DataPage(HttpApi.Parts parts, Templates templates) {
    this.kept = parts.dataKept();
    this.templates = templates;
  }

  List<ConsoleRoute> routes() {
    return List.of(ConsoleRoute.get("/settings/data", this::page));
  }

  /**
   * What the page shows.
   *
   * @param oldest when the oldest event that is kept was accepted; null when there is none
   * @param disk null for those whom the installation's disk is no business
   */
  record View(
      Frame frame,
      Tabs tabs,
      String retention,
      @Nullable Instant oldest,
      List<Rule> rules,
      @Nullable Disk disk) {
    View {
      rules = List.copyOf(rules);
    }
  }

  /** How long something is kept. */
  record Rule(String what, String howLong, String why) {}

  /** What the data folder takes, and what is left. */
  record Disk(
      String days, String used, String free, String minimum, boolean isTight, List<Share> shares) {
    Disk {
      shares = List.copyOf(shares);
    }

    static Disk of(DataKept kept) {
      double all = Math.max(1, kept.bytes());
      double journal = BAR_WIDTH * kept.journalBytes() / all;
      double history = BAR_WIDTH * kept.historyBytes() / all;
      return new Disk(
          Texts.number(kept.extent().segments()),
          Texts.bytes(kept.bytes()),
          Texts.bytes(kept.freeBytes()),
          Texts.bytes(kept.minimumFreeBytes()),
          kept.freeBytes() < 4 * kept.minimumFreeBytes(),
          List.of(
              new Share("journal", "events", Texts.bytes(kept.journalBytes()), 0, journal),
              new Share(
                  "history",
                  "calls, deliveries and attempts",
                  Texts.bytes(kept.historyBytes()),
                  journal,
                  history),
              new Share(
                  "other",
                  "settings, cursors and the rest",
                  Texts.bytes(kept.otherBytes()),
                  journal + history,
                  BAR_WIDTH - journal - history)));
    }
  }

  /** A part of the bar. */
  record Share(String mark, String what, String bytes, double x, double width) {
    /** A number as it stands in a picture. */
    static String n(double number) {
      return String.format(Locale.ROOT, "%.1f", number);
    }
  }

  private ConsoleAnswer page(ConsoleRequest request) {
    var now = kept.get();
    return templates.page(
        "settings/data",
        new View(
            request.frame("Data"),
            Tabs.at(request, "Data"),
            Texts.days(now.retention()),
            now.extent().oldestAcceptedAt().orElse(null),
            rules(now),
            Tabs.isAdmin(request) ? Disk.of(now) : null));
  }

  private static List<Rule> rules(DataKept kept) {
    var retention = Texts.days(kept.retention());
    return List.of(
        new Rule(
            "Events, with their call logs",
            retention,
            "whole days go, when all of a day is older; data.retention in the settings"),
        new Rule("Calls, deliveries and attempts", retention, "they go with their events"),
        new Rule(
            "What receivers answered",
            retention,
            "16 KiB of a failure, 256 bytes of what was accepted"),
        new Rule(
            "That an event was there already",
            Texts.days(kept.dedupeWindow()),
            "counted from its call's last event; data.dedupe-window"),
        new Rule(
            "What a source could not read",
            "30 days",
            "unless its unread-retention says otherwise"),
        new Rule(
            "A signing secret that was rotated out", "24 hours", "it signs beside the new one"),
        new Rule(
            "What was changed, and by whom",
            "the newest " + Texts.number(Audit.KEPT_MAX),
            "see Changes"));
  }
}
