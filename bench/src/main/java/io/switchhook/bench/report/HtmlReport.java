package io.switchhook.bench.report;

import static io.switchhook.bench.report.Chart.escaped;

import io.switchhook.bench.report.RunCharts.Figure;
import io.switchhook.bench.run.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A report as one page of HTML that needs nothing else: no script, no font, no network. */
public final class HtmlReport {
  private static final String STYLE = "report.css";

  private final StringBuilder html = new StringBuilder();
  private final Report report;

  private HtmlReport(Report report) {
    this.report = report;
  }

  /** The whole page. */
  public static String of(Report report) {
    return new HtmlReport(report).page();
  }

  private String page() {
    html.append(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        <main>
        <header>
        <h1>%s</h1>
        """
            .formatted(escaped(report.title()), style(), escaped(report.title())));
    verdict();
    html.append("<ul class=\"setting\">\n");
    report.setting().forEach(line -> html.append("<li>").append(escaped(line)).append("</li>\n"));
    html.append("</ul>\n</header>\n");
    checks();
    medians();
    for (var i = 0; i < report.runs().size(); i++) {
      run(report.runs().get(i), /* isOpen= */ i == 0);
    }
    return html.append(
            "<footer>Latency counts from the time at which an event was due, whatever the server"
                + " did, to the first byte of its first request at the receiver. Made by"
                + " <code>switchhook bench</code>.</footer>\n</main>\n</body>\n</html>\n")
        .toString();
  }

  private static String style() {
    try (var in = HtmlReport.class.getResourceAsStream(STYLE)) {
      return new String(Objects.requireNonNull(in, STYLE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void verdict() {
    switch (report.exitCode()) {
      case Report.DONE ->
          html.append(
              "<p class=\"verdict good\">Valid: the ledger balances, every promise was kept.</p>\n");
      case Report.VOID ->
          html.append("<p class=\"verdict bad\">Void: this measured nothing. See below why.</p>\n");
      default ->
          html.append("<p class=\"verdict bad\">Something does not hold. See below what.</p>\n");
    }
  }

  private void checks() {
    if (report.checks().isEmpty()) {
      return;
    }
    html.append(
        """
        <section class="card"><h2>What was to be shown</h2>
        <div class="scroll"><table>
        <thead><tr><th>Check<th>Measured<th>Allowed<th></tr></thead>
        <tbody>
        """);
    for (var check : report.checks()) {
      html.append(
          "<tr><td>%s<td>%s<td>%s<td class=\"%s\">%s</tr>\n"
              .formatted(
                  escaped(check.name()),
                  escaped(check.measured()),
                  escaped(check.allowed()),
                  check.passed() ? "good" : "bad",
                  check.passed() ? "holds" : "fails"));
    }
    html.append("</tbody></table></div></section>\n");
  }

  private void run(RunResult run, boolean isOpen) {
    html.append(isOpen ? "<details class=\"card\" open>" : "<details class=\"card\">");
    html.append("<summary><h2>").append(escaped(run.name())).append("</h2></summary>\n");
    var isGood = run.verdict().isValid() && run.verdict().isKept();
    note(isGood ? "good" : "bad", RunText.verdict(run));
    if (!RunText.behind(run).isEmpty()) {
      note("bad", RunText.behind(run));
    }
    tiles(run);
    latencies(run);
    html.append("<dl>\n");
    for (var fact : RunText.facts(run)) {
      html.append(
          "<dt>%s</dt><dd>%s</dd>\n".formatted(escaped(fact.name()), escaped(fact.words())));
    }
    html.append("</dl>\n<div class=\"charts\">\n");
    RunCharts.of(run).forEach(this::figure);
    html.append("</div>\n</details>\n");
  }

  private void note(String style, String words) {
    html.append("<p class=\"note %s\">".formatted(style)).append(escaped(words)).append("</p>\n");
  }

  /** The figures that runs are compared by, large. */
  private void tiles(RunResult run) {
    if (run.pace() == null) {
      return;
    }
    html.append("<div class=\"tiles\">\n");
    for (var figure : KeyFigures.of(List.of(run))) {
      html.append(
          "<div><b>%s</b><span>%s</span></div>\n"
              .formatted(escaped(figure.wordsOf(run)), escaped(figure.name())));
    }
    html.append("</div>\n");
  }

  private void medians() {
    if (!report.isRepeated()) {
      return;
    }
    html.append(
        "<section class=\"card\"><h2>Median of %d runs</h2>\n<div class=\"scroll\"><table class=\"numbers medians\">\n<thead><tr><th>Measured<th>Median"
            .formatted(report.runs().size()));
    for (var i = 0; i < report.runs().size(); i++) {
      var isValid = report.runs().get(i).verdict().isValid();
      html.append("<th>Run %d%s".formatted(i + 1, isValid ? "" : ", void"));
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (var figure : KeyFigures.of(report.runs())) {
      var median = KeyFigures.median(figure, report.runs()).orElse(Double.NaN);
      html.append(
          "<tr><td>%s<td><b>%s</b>"
              .formatted(escaped(figure.name()), escaped(figure.wordsOf(median))));
      report.runs().forEach(run -> html.append("<td>").append(escaped(figure.wordsOf(run))));
      html.append("</tr>\n");
    }
    html.append("</tbody></table></div></section>\n");
  }

  private void latencies(RunResult run) {
    html.append(
        "<div class=\"scroll\"><table class=\"numbers\">\n"
            + "<thead><tr><th>Latency, ms<th>of<th>events");
    RunText.PERCENTILES.forEach(it -> html.append("<th>").append(it.name()));
    html.append("<th>max</tr></thead>\n<tbody>\n");
    for (var row : RunText.latencies(run)) {
      html.append(
          "<tr><td>%s<td>%s<td>%s"
              .formatted(escaped(row.phase()), escaped(row.className()), row.events()));
      row.millis().forEach(it -> html.append("<td>").append(it));
      html.append("</tr>\n");
    }
    html.append("</tbody></table></div>\n");
  }

  private void figure(Figure figure) {
    html.append("<figure><figcaption>").append(escaped(figure.title())).append("<span>");
    for (var key : figure.keys()) {
      html.append("<i class=\"%s\"></i>%s ".formatted(key.style(), escaped(key.name())));
    }
    html.append("</span></figcaption>\n").append(figure.svg()).append("</figure>\n");
  }
}
