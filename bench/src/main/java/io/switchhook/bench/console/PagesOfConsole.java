package io.switchhook.bench.console;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The addresses that are measured, by what they show. */
public final class PagesOfConsole {
  private static final String ROOT = "/console/c/default";
  private static final Pattern NEXT = Pattern.compile("href=\"([^\"]+cursor=[^\"]+)\"");
  private static final Pattern FILE = Pattern.compile("/console/assets/[0-9a-f]+/([a-z.-]+)");

  private PagesOfConsole() {}

  /** The pages over so many made up calls, with the files that they load. */
  public static Map<String, String> over(int calls, List<String> webhooks, VisitPages visitor)
      throws IOException, InterruptedException {
    var call = new MadeCall(calls / 2);
    var ordered = new MadeCall(calls / 2 / 3 * 3);
    var pages = new LinkedHashMap<String, String>();
    pages.put("Calls", ROOT + "/calls");
    pages.put("Calls, second page", next(visitor.text(ROOT + "/calls")));
    pages.put("Calls, by a uid", ROOT + "/calls?number=" + call.uid());
    pages.put("Calls, by a number", ROOT + "/calls?number=" + call.customer());
    pages.put(
        "Calls, by the last 6 digits", ROOT + "/calls?number=" + call.customer().substring(6));
    pages.put(
        "Calls, by the last 3 digits", ROOT + "/calls?number=" + call.customer().substring(9));
    pages.put("Calls, by digits that none has", ROOT + "/calls?number=0000");
    pages.put("Calls, by a user (1 of 40)", ROOT + "/calls?user=" + call.user());
    pages.put("Calls, by how all users begin", ROOT + "/calls?user=9185");
    pages.put("Calls, by a reference", ROOT + "/calls?reference=" + ordered.reference());
    pages.put("Calls, by how a third of them are called", ROOT + "/calls?reference=order-");
    pages.put("Calls, missed", ROOT + "/calls?state=9");
    pages.put("Calls, missed by a user", ROOT + "/calls?state=9&user=" + new MadeCall(5).user());
    pages.put("Call", ROOT + "/calls/" + call.uid());
    pages.put("Event", ROOT + "/calls/" + call.uid() + "/2");
    pages.put("Now", ROOT + "/now");
    pages.put("Webhooks", ROOT + "/webhooks");
    pages.put("Webhook", ROOT + "/webhooks/" + webhooks.getLast());
    pages.put("Webhook, its form", ROOT + "/webhooks/" + webhooks.getLast() + "/edit");
    pages.put("Deliveries", ROOT + "/deliveries");
    pages.put("Deliveries of a webhook", ROOT + "/deliveries?webhook=" + webhooks.getFirst());
    pages.put("Sources", ROOT + "/sources");
    pages.put("Settings, keys", ROOT + "/settings");
    pages.put("Settings, companies", ROOT + "/settings/companies");
    pages.put("Settings, data", ROOT + "/settings/data");
    pages.put("Settings, changes", ROOT + "/settings/changes");
    var files = FILE.matcher(visitor.text(ROOT + "/now"));
    while (files.find()) {
      pages.put(files.group(1), files.group());
    }
    return pages;
  }

  private static String next(String page) {
    var found = NEXT.matcher(page);
    if (!found.find()) {
      throw new IllegalStateException("the list of calls has no second page");
    }
    return found.group(1).replace("&amp;", "&");
  }
}
