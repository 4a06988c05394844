package io.switchhook.history.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts values into columns and takes them out again. */
final class Columns {
  private Columns() {}

  static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    for (var i = 0; i < values.length; i++) {
      bindOne(statement, i + 1, values[i]);
    }
  }

  private static void bindOne(PreparedStatement statement, int place, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(place, Types.NULL);
      case Integer number -> statement.setInt(place, number);
      case Long number -> statement.setLong(place, number);
      case String text -> statement.setString(place, text);
      case Instant instant -> statement.setLong(place, instant.toEpochMilli());
      case Boolean truth -> statement.setInt(place, truth ? 1 : 0);
      case byte[] bytes -> statement.setBytes(place, bytes);
      default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
    }
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
    var number = row.getInt(column);
    return row.wasNull() ? null : number;
  }

  /** Texts without line feeds, each ended by one. */
  static String lines(List<String> texts) {
    var lines = new StringBuilder();
    texts.forEach(text -> lines.append(text.replace('\n', ' ')).append('\n'));
    return lines.toString();
  }

  static List<String> ofLines(String lines) {
    var texts = new ArrayList<String>();
    var from = 0;
    for (var end = lines.indexOf('\n'); end >= 0; end = lines.indexOf('\n', from)) {
      texts.add(lines.substring(from, end));
      from = end + 1;
    }
    return texts;
  }
}
