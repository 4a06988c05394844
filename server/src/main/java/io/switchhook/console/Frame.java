package io.switchhook.console;

import java.util.List;

/**
 * What stands around a page: its title, the navigation, whose things are shown.
 *
 * @param title of the page, as the browser's tab says it
 */
public record Frame(String title, Site site) {
  /** More companies are not offered in the navigation. */
  static final int CHOICES_MAX = 50;

  /**
   * What is the same around all pages for one person.
   *
   * @param companyName whose things are shown
   * @param companies others that this person may look at; empty when there are none
   * @param home of the company
   */
  public record Site(
      Assets assets, List<Nav> nav, String companyName, List<Choice> companies, String home) {
    public Site {
      nav = List.copyOf(nav);
      companies = List.copyOf(companies);
    }
  }

  /** An entry of the navigation. */
  public record Nav(String word, String href, String icon, boolean isCurrent) {}

  /** Another company. */
  public record Choice(String name, String href) {}

  /** The address of a file of the console. */
  public String asset(String name) {
    return site.assets().url(name);
  }
}
