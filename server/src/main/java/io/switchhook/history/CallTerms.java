package io.switchhook.history;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The words by which a call is found beside its number: each user that any of its logs named, and
 * each reference. A telephone number counts by its digits, other words without regard to capitals.
 */
public final class CallTerms {
  /** A longer word is looked for by so many letters. */
  public static final int LENGTH_MAX = 100;

  private static final char USER = 'u';
  private static final char REFERENCE = 'r';

  private CallTerms() {}

  /** All that these facts say. */
  public static Set<String> of(CallFacts facts) {
    var terms = new LinkedHashSet<String>();
    Stream.concat(
            facts.users().stream().map(CallTerms::user),
            facts.references().stream().map(CallTerms::reference))
        .filter(term -> term.length() > 1)
        .forEach(terms::add);
    return terms;
  }

  /** How terms begin of calls that this user had a part in. */
  public static String user(String name) {
    return USER + CallQuery.digitsOf(name).orElseGet(() -> plain(name));
  }

  /** How terms begin of calls that have this reference. */
  public static String reference(String text) {
    return REFERENCE + plain(text);
  }

  private static String plain(String text) {
    var word = text.strip();
    return (word.length() <= LENGTH_MAX ? word : word.substring(0, LENGTH_MAX))
        .toLowerCase(Locale.ROOT);
  }
}
