package io.switchhook.command.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchhook.command.terminal.PlainText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A problem document (RFC 9457) in words. */
final class Problem {
  private static final int MISTAKES_SHOWN_MAX = 50;

  private Problem() {}

  static String words(Api.Answer answer, URI server) {
    var body = answer.body();
    var detail = text(body, "detail");
    var title = text(body, "title");
    if (title.isEmpty() && detail.isEmpty()) {
      return server + " answered " + answer.status() + " without saying why.";
    }
    var lines = new ArrayList<String>();
    lines.add(detail.isEmpty() ? title : detail);
    lines.addAll(mistakes(body));
    return String.join("\n", lines);
  }

  private static List<String> mistakes(JsonNode body) {
    var lines = new ArrayList<String>();
    for (var mistake : body.path("errors")) {
      if (lines.size() == MISTAKES_SHOWN_MAX) {
        lines.add("  …");
        break;
      }
      lines.add("  " + place(mistake) + text(mistake, "problem"));
    }
    return lines;
  }

  private static String text(JsonNode node, String field) {
    return PlainText.line(node.path(field).asText(""));
  }

  private static String place(JsonNode mistake) {
    var place = new ArrayList<String>();
    for (var word : List.of("line", "column")) {
      if (mistake.path(word).isIntegralNumber()) {
        place.add(word + " " + mistake.path(word).asLong());
      }
    }
    var field = text(mistake, "field");
    if (!field.isEmpty()) {
      place.add(field);
    }
    return place.isEmpty() ? "" : String.join(", ", place) + ": ";
  }
}
