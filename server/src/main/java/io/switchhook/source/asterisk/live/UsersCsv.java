package io.switchhook.source.asterisk.live;

import io.switchhook.source.asterisk.AsteriskUser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads users from a CSV file (RFC 4180, UTF-8): a line of headings, then a line for each user. The
 * headings are {@code id, name, number, extension, email, channel, dial, member} in any order; only
 * {@code id} must be there.
 */
final class UsersCsv {
  /** A larger file is refused. */
  static final long SIZE_BYTES_MAX = 8L << 20;

  /** More mistakes are not told. */
  static final int MISTAKES_MAX = 10;

  static final List<String> HEADINGS =
      List.of("id", "name", "number", "extension", "email", "channel", "dial", "member");

  private final List<AsteriskUser> users = new ArrayList<>();
  private final List<String> mistakes = new ArrayList<>();
  private List<String> headings = List.of();

  private UsersCsv() {}

  /** The users of a file, or what is wrong with it; when something is, nothing of it counts. */
  record Content(List<AsteriskUser> users, List<String> mistakes) {
    Content {
      users = List.copyOf(users);
      mistakes = List.copyOf(mistakes);
    }
  }

  static Content read(Path file) throws IOException {
    if (Files.size(file) > SIZE_BYTES_MAX) {
      return new Content(List.of(), List.of("it is over 8 MB"));
    }
    try {
      return read(Files.readString(file, StandardCharsets.UTF_8));
    } catch (CharacterCodingException _) {
      return new Content(List.of(), List.of("it is not UTF-8"));
    }
  }

  static Content read(String text) {
    var csv = new UsersCsv();
    csv.readAll(text.startsWith("\ufeff") ? text.substring(1) : text);
    return new Content(csv.users, csv.mistakes);
  }

  private void readAll(String text) {
    var ids = new HashSet<String>();
    int number = 0;
    for (var line : text.lines().toList()) {
      number++;
      if (line.isBlank() || mistakes.size() >= MISTAKES_MAX) {
        continue;
      }
      var cells = cells(line);
      if (headings.isEmpty()) {
        readHeadings(cells);
      } else if (cells.size() > headings.size()) {
        refuse(number, "has more cells than there are headings");
      } else {
        readUser(number, cells, ids);
      }
    }
    if (headings.isEmpty()) {
      mistakes.add(
          "it is empty; its first line must be headings, such as id,name,number,extension");
    }
  }

  private void readHeadings(List<String> cells) {
    headings = cells.stream().map(it -> it.toLowerCase(Locale.ROOT)).toList();
    for (var heading : headings) {
      if (!HEADINGS.contains(heading)) {
        refuse(1, "has the heading \"" + heading + "\"; allowed are " + HEADINGS);
      }
    }
    if (!headings.contains("id") || new HashSet<>(headings).size() < headings.size()) {
      refuse(1, "must have the heading id, and none twice");
    }
  }

  private void readUser(int line, List<String> cells, Set<String> ids) {
    var user =
        new AsteriskUser(
            cell(cells, "id"),
            cell(cells, "name"),
            cell(cells, "email"),
            cell(cells, "number"),
            cell(cells, "extension"),
            cell(cells, "channel"),
            cell(cells, "dial"),
            cell(cells, "member"));
    var problem = ReadUsers.problem(user);
    if (problem.isPresent()) {
      refuse(line, problem.get());
    } else if (!ids.add(user.id())) {
      refuse(line, "has the id of another user, " + user.id());
    } else {
      users.add(ReadUsers.tidied(user));
    }
  }

  private String cell(List<String> cells, String heading) {
    int place = headings.indexOf(heading);
    return place < 0 || place >= cells.size() ? "" : cells.get(place);
  }

  /** The cells of a line; quoted ones may hold commas, and two quotes for one. */
  private static List<String> cells(String line) {
    var cells = new ArrayList<String>();
    var cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }

  private void refuse(int line, String problem) {
    mistakes.add("line " + line + " " + problem);
  }
}
