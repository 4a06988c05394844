package io.switchhook.company;

import io.switchhook.event.CompanyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as it can be shown: the secret itself is kept nowhere.
 *
 * @param id stands in the key's text and names it
 * @param company whose routes it opens; null for an admin key, which opens all
 * @param name words for people; may be empty
 * @param mayStartCalls whether its holder may start phone calls, which cost money; an admin key may
 */
public record ApiKey(
    String id, @Nullable CompanyId company, String name, boolean mayStartCalls, Instant createdAt) {
  /** True when it opens the whole installation. */
  public boolean isAdmin() {
    return company == null;
  }
}
