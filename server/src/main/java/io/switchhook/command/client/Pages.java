package io.switchhook.command.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a list of the server's page by page. */
public final class Pages {
  private static final int PAGE_MAX = 500;

  private Pages() {}

  /** The items, and whether there are more. */
  public record Items(ArrayNode items, boolean hasMore) {}

  /** At most {@code limit} items of what {@code field} of the answers holds. */
  public static Items read(Api api, String path, Map<String, String> parameters, Wanted wanted) {
    var items = JsonNodeFactory.instance.arrayNode();
    var asked = new LinkedHashMap<>(parameters);
    asked.put("limit", String.valueOf(Math.clamp(wanted.limit, 1, PAGE_MAX)));
    while (true) {
      var page = api.get(path + Api.query(asked)).body();
      for (JsonNode item : page.path(wanted.field)) {
        if (items.size() == wanted.limit) {
          return new Items(items, /* hasMore= */ true);
        }
        items.add(item);
      }
      var next = Answers.text(page, "next");
      if (next.isEmpty() || items.size() == wanted.limit) {
        return new Items(items, !next.isEmpty());
      }
      asked.put("cursor", next);
    }
  }

  /** Which field of the answers, and how many items of it. */
  public record Wanted(String field, int limit) {}
}
