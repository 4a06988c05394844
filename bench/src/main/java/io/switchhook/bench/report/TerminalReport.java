package io.switchhook.bench.report;

import io.switchhook.bench.run.RunResult;
import io.switchhook.command.terminal.Ink;
import io.switchhook.command.terminal.Table;
import io.switchhook.command.terminal.Table.Cell;
import io.switchhook.command.terminal.Terminal;
import java.io.PrintStream;
import java.util.ArrayList;

/** A report on a terminal. */
public final class TerminalReport {
  private final PrintStream out;
  private final Ink ink;

  /** Reports to this terminal. */
  public TerminalReport(Terminal terminal) {
    this.out = terminal.out();
    this.ink = terminal.ink();
  }

  /** Prints one run, as soon as it has ended. */
  public void print(RunResult run) {
    out.println();
    out.println(ink.bold(run.name()));
    var verdict = RunText.verdict(run);
    var isGood = run.verdict().isValid() && run.verdict().isKept();
    out.println("  " + (isGood ? ink.good(verdict) : ink.bad(verdict)));
    var behind = RunText.behind(run);
    if (!behind.isEmpty()) {
      out.println("  " + ink.bad(behind));
    }
    for (var fact : RunText.facts(run)) {
      out.println("  " + ink.faint(fact.name() + ":") + " " + fact.words());
    }
    out.println();
    var table = new Table("LATENCY, ms", "OF", "EVENTS", "p50", "p90", "p99", "p99.9", "max");
    for (var row : RunText.latencies(run)) {
      var cells = new ArrayList<Cell>();
      cells.add(Cell.of(row.phase()));
      cells.add(Cell.of(row.className()));
      cells.add(Cell.of(row.events()));
      row.millis().forEach(it -> cells.add(Cell.of(it)));
      table.add(cells.toArray(Cell[]::new));
    }
    table.print(out, ink);
  }

  /** Prints each figure of several runs of the same, and its median. */
  public void printMedians(Report report) {
    if (!report.isRepeated()) {
      return;
    }
    out.println();
    var heads = new ArrayList<String>();
    heads.add("MEDIAN OF " + report.runs().size() + " RUNS");
    heads.add("MEDIAN");
    for (var run = 1; run <= report.runs().size(); run++) {
      heads.add("RUN " + run + (report.runs().get(run - 1).verdict().isValid() ? "" : ", void"));
    }
    var table = new Table(heads.toArray(String[]::new));
    for (var figure : KeyFigures.of(report.runs())) {
      var cells = new ArrayList<Cell>();
      cells.add(Cell.of(figure.name()));
      cells.add(
          Cell.of(figure.wordsOf(KeyFigures.median(figure, report.runs()).orElse(Double.NaN))));
      report.runs().forEach(run -> cells.add(Cell.of(figure.wordsOf(run))));
      table.add(cells.toArray(Cell[]::new));
    }
    table.print(out, ink);
  }

  /** Prints what was to be shown and whether it was. */
  public void printChecks(Report report) {
    if (report.checks().isEmpty()) {
      return;
    }
    out.println();
    for (var check : report.checks()) {
      var sign = check.passed() ? ink.good("holds") : ink.bad("FAILS");
      out.println(sign + "  " + ink.bold(check.name()));
      out.println("       measured: " + check.measured());
      out.println("       allowed:  " + check.allowed());
    }
  }
}
