package io.switchhook.console;

import io.switchhook.company.Caller;
import io.switchhook.company.Company;
import io.switchhook.company.KeyProof;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A request of somebody who has logged in and may use the company.
 *
 * @param key the one that was logged in with
 * @param path the decoded parameters of the path, by name
 * @param form what a form sent; empty for a GET
 * @param site what stands around a page for this person
 * @param isStillLoggedIn asked by answers that last: false once the session or its key is over.
 *     Whoever watches uses their session
 */
public record ConsoleRequest(
    Company company,
    Caller caller,
    KeyProof key,
    Map<String, String> path,
    MultiMap query,
    MultiMap form,
    MultiMap headers,
    Frame.Site site,
    BooleanSupplier isStillLoggedIn) {
  public ConsoleRequest {
    path = Map.copyOf(path);
  }

  /** A parameter of the path that the route has. */
  public String inPath(String name) {
    return Objects.requireNonNull(path.get(name), name);
  }

  /** A parameter of the query; empty when it is absent or blank. The first when there are more. */
  public Optional<String> inQuery(String name) {
    return Optional.ofNullable(query.get(name)).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** A field of the form as it was sent; {@code ""} when it is absent. */
  public String inForm(String name) {
    return Objects.requireNonNullElse(form.get(name), "");
  }

  /** The fields of the form that have this name, in their order. */
  public List<String> allInForm(String name) {
    return form.getAll(name);
  }

  /** True when htmx asks for a part of a page. */
  public boolean wantsPart() {
    return "true".equals(headers.get("HX-Request"));
  }

  /** The address of something of this company: {@code link("calls", uid)}. */
  public String link(String... segments) {
    return Links.of(company, segments);
  }

  /** What stands around a page with this title. */
  public Frame frame(String title) {
    return new Frame(title, site);
  }
}
