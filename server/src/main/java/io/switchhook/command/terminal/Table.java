package io.switchhook.command.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A table with aligned columns and a heading. Cells are made safe to show. */
public final class Table {
  private static final int CELL_LENGTH_MAX = 80;
  private static final String GAP = "  ";

  private final List<String> heading;
  private final List<List<Cell>> rows = new ArrayList<>();

  /** A text and its emphasis. */
  public record Cell(String text, UnaryOperator<String> emphasis) {
    /** A cell without emphasis. */
    public static Cell of(String text) {
      return new Cell(text, UnaryOperator.identity());
    }
  }

  /** A table with these columns. */
  public Table(String... heading) {
    this.heading = List.of(heading);
  }

  /** Adds a row of as many cells as there are columns. */
  public void add(Cell... cells) {
    if (cells.length != heading.size()) {
      throw new IllegalArgumentException(cells.length + " cells, " + heading.size() + " columns");
    }
    var row = new ArrayList<Cell>();
    for (var cell : cells) {
      row.add(new Cell(PlainText.line(cell.text(), CELL_LENGTH_MAX), cell.emphasis()));
    }
    rows.add(row);
  }

  /** Adds a row without emphasis. */
  public void add(String... texts) {
    var cells = new Cell[texts.length];
    for (var i = 0; i < texts.length; i++) {
      cells[i] = Cell.of(texts[i]);
    }
    add(cells);
  }

  /** True when no row was added. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Prints the heading and the rows. */
  public void print(PrintStream out, Ink ink) {
    var widths = new int[heading.size()];
    for (var column = 0; column < widths.length; column++) {
      widths[column] = width(heading.get(column));
      for (var row : rows) {
        widths[column] = Math.max(widths[column], width(row.get(column).text()));
      }
    }
    out.println(line(heading.stream().map(text -> new Cell(text, ink::bold)).toList(), widths));
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private static String line(List<Cell> cells, int[] widths) {
    var line = new StringBuilder();
    for (var column = 0; column < widths.length; column++) {
      var cell = cells.get(column);
      line.append(cell.emphasis().apply(cell.text()));
      if (column < widths.length - 1) {
        line.append(" ".repeat(widths[column] - width(cell.text()))).append(GAP);
      }
    }
    return line.toString().stripTrailing();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
