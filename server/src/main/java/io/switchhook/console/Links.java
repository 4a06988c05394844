package io.switchhook.console;

import io.switchhook.company.Company;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses of pages. */
public final class Links {
  private Links() {}

  /** The address of something of a company; segments are encoded here. */
  public static String of(Company company, String... segments) {
    var path = new StringBuilder(Console.COMPANIES).append('/').append(encoded(company.name()));
    for (var segment : segments) {
      path.append('/').append(encoded(segment));
    }
    return path.toString();
  }

  /** A text as it may stand in a path or as a parameter of a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
