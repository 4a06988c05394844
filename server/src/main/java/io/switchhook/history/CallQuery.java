package io.switchhook.history;

import io.switchhook.event.CompanyId;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a company's calls, newest first. What is null does not narrow.
 *
 * @param state the last {@code call_state}, 1 to 9
 * @param number digits with which {@code clid} or {@code clid_raw} begins or ends; see {@link
 *     #digitsOf}
 * @param user with what one of the call's users begins; see {@link CallTerms}
 * @param reference with what one of the call's references begins
 * @param from the call's first event was accepted at this time or later
 * @param to the call's first event was accepted before this time
 * @param cursor from the page before; null for the first
 * @param limit 1 to {@link Page#SIZE_MAX}
 */
public record CallQuery(
    CompanyId company,
    @Nullable Integer state,
    @Nullable String number,
    @Nullable String user,
    @Nullable String reference,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Cursor cursor,
    int limit) {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,32}");
  private static final Pattern DECORATION = Pattern.compile("[\\s+()./-]");

  public CallQuery {
    if (limit < 1 || limit > Page.SIZE_MAX) {
      throw new IllegalArgumentException("a page has 1 to " + Page.SIZE_MAX + " items: " + limit);
    }
    if (isTooLong(user) || isTooLong(reference)) {
      throw new IllegalArgumentException("a term has 1 to " + CallTerms.LENGTH_MAX + " letters");
    }
    if (number != null && !DIGITS.matcher(number).matches()) {
      throw new IllegalArgumentException("a number has 1 to 32 digits");
    }
  }

  /** All calls of a company. */
  public static CallQuery of(CompanyId company) {
    return new CallQuery(company, null, null, null, null, null, null, null, Page.SIZE_DEFAULT);
  }

  /** The same query from a cursor on. */
  public CallQuery from(Cursor next, int count) {
    return new CallQuery(company, state, number, user, reference, from, to, next, count);
  }

  private static boolean isTooLong(@Nullable String term) {
    return term != null && (term.isEmpty() || term.length() > CallTerms.LENGTH_MAX);
  }

  /**
   * The digits of a number as people write it ({@code +91 97116-36496}); empty when it is not 1 to
   * 32 digits.
   */
  public static Optional<String> digitsOf(String written) {
    return Optional.of(DECORATION.matcher(written).replaceAll(""))
        .filter(digits -> DIGITS.matcher(digits).matches());
  }
}
