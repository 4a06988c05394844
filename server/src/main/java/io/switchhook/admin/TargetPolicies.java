package io.switchhook.admin;

import io.switchhook.company.TargetPolicy;
import io.switchhook.target.address.TargetUrlCheck;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Lets the check of the sending side decide where webhooks may point. */
public final class TargetPolicies {
  private TargetPolicies() {}

  /** The policy that this check speaks for. */
  public static TargetPolicy of(TargetUrlCheck check) {
    return url -> {
      var objection = new CompletableFuture<Optional<String>>();
      check.check(
          url.toString(),
          verdict ->
              objection.complete(
                  switch (verdict) {
                    case TargetUrlCheck.Fine _ -> Optional.empty();
                    case TargetUrlCheck.Malformed(var words) -> Optional.of(words);
                    case TargetUrlCheck.Forbidden(var words) -> Optional.of(words);
                  }));
      return objection;
    };
  }
}
