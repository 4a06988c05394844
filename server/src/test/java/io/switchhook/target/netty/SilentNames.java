package io.switchhook.target.netty;

import io.switchhook.target.address.NameLookup;
import java.util.function.Consumer;

/** Name servers that never answer, for tests. */
final class SilentNames implements NameLookup {
  @Override
  public void lookup(String host, Consumer<Answer> done) {}

  @Override
  public void close() {}
}
