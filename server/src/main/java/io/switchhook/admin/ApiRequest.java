package io.switchhook.admin;

import io.switchhook.company.Company;
import io.switchhook.event.Bytes;
import io.vertx.core.MultiMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request whose key was checked and whose body was read.
 *
 * @param ofCompany the company in the path, which the key may use; null on routes without one
 * @param path the decoded parameters of the path, by name
 * @param rawQuery what stands behind the {@code ?}, still encoded; {@code ""} when there is none
 * @param isStillAdmitted asked by answers that last: false once the key does not hold any more
 */
record ApiRequest(
    @Nullable Company ofCompany,
    Map<String, String> path,
    MultiMap query,
    String rawQuery,
    MultiMap headers,
    Bytes body,
    BooleanSupplier isStillAdmitted) {
  ApiRequest {
    path = Map.copyOf(path);
  }

  /** The company of a route that has one. */
  Company company() {
    return Objects.requireNonNull(ofCompany, "this route has no company");
  }

  /** A parameter of the path that the route has. */
  String inPath(String name) {
    return Objects.requireNonNull(path.get(name), name);
  }
}
