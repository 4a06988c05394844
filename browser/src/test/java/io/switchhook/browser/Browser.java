package io.switchhook.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Debian's Chromium, driven by Playwright; whatever it complains of fails the test. */
final class Browser implements AutoCloseable {
  static final int WIDE = 1280;
  static final int PHONE = 390;

  /** For whatever a page is to show; only a failure takes so long. */
  private static final double PATIENCE_MILLIS = 20_000;

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  Browser() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromiumOnPath())
                    .setArgs(List.of("--no-sandbox")));
    context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setTimezoneId("Asia/Kolkata")
                .setLocale("en-GB")
                .setViewportSize(WIDE, 800));
    page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    page.onConsoleMessage(
        message -> {
          if (List.of("error", "warning").contains(message.type())) {
            complaints.add(message.type() + ": " + message.text());
          }
        });
    page.onPageError(error -> complaints.add("error: " + error));
  }

  private static Path chromiumOnPath() {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .map(folder -> Path.of(folder, "chromium"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  Page page() {
    return page;
  }

  /** Another window, which runs no scripts; its user has logged in. */
  Page withoutScripts(Installation installation) {
    var page =
        chromium
            .newContext(
                new com.microsoft.playwright.Browser.NewContextOptions()
                    .setJavaScriptEnabled(false)
                    .setViewportSize(WIDE, 800))
            .newPage();
    page.navigate(installation.url("/"));
    page.getByLabel("Key").fill(installation.key());
    page.getByLabel("Key").press("Enter");
    page.waitForURL("**/console/c/**");
    return page;
  }

  /** What the browser complained of so far: errors, and what the page's policy did not allow. */
  List<String> complaints() {
    return complaints;
  }

  /** Logs in with a key and comes to the first page. */
  void logIn(Installation installation) {
    context.clearCookies();
    page.navigate(installation.url("/"));
    page.getByLabel("Key").fill(installation.key());
    page.getByRole(
            com.microsoft.playwright.options.AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName("Log in"))
        .click();
    page.waitForURL("**/console/c/**");
  }

  /**
   * Takes the page's pictures, light, dark and on a phone's width, and lets axe-core look for what
   * keeps people out.
   */
  void photograph(String name) {
    for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      shoot(name + (scheme == ColorScheme.LIGHT ? "" : "-dark"));
      checkAccess(name);
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.setViewportSize(PHONE, 844);
    shoot(name + "-phone");
    checkAccess(name + " on a phone");
    assertThat(page.evaluate("() => document.documentElement.scrollWidth"))
        .as("the page " + name + " is not wider than a phone")
        .isEqualTo(PHONE);
    page.setViewportSize(WIDE, 800);
    assertThat(complaints).as("what the browser complained of at " + name).isEmpty();
  }

  private void shoot(String name) {
    page.evaluate("() => window.scrollTo(0, 0)");
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }

  private void checkAccess(String name) {
    page.evaluate(axe());
    var found =
        page.evaluate(
            """
            async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}))
              .violations.flatMap(violation => violation.nodes.map(
                node => violation.id + ': ' + node.target.join(' ') + ' – ' + node.failureSummary))
            """);
    assertThat((List<?>) found).as("what axe-core finds at " + name).isEmpty();
  }

  private static String axe() {
    try (var stream = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    context.close();
    chromium.close();
    playwright.close();
  }
}
