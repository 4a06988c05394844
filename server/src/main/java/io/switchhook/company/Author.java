package io.switchhook.company;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who changes something, as it is remembered. Bound while a request is handled, so that what is
 * changed meanwhile knows whose hand it was.
 *
 * @param keyId of the key that was shown; null when none of ours was
 * @param name of the key at that time, or what stands for one; may be empty
 * @param via by which door: {@code API}, {@code console}, {@code command line}, {@code server}
 */
public record Author(@Nullable String keyId, String name, String via) {
  /** Nobody asked: the server did it by itself. */
  public static final Author SERVER = new Author(null, "", "server");

  /** Somebody at this machine, while the server is stopped. */
  public static final Author COMMAND_LINE = new Author(null, "", "command line");

  private static final ScopedValue<Author> CURRENT = ScopedValue.newInstance();

  /** Asks for something: changes that are asked for before it returns are this author's. */
  public <T> T asking(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  /** Whose changes those are that are asked for here and now. */
  static Author current() {
    return CURRENT.orElse(SERVER);
  }
}
