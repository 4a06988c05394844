package io.switchhook.receiver;

import java.util.OptionalInt;

/** Remembers nothing. */
final class ForgetfulStore implements ReceptionStore {
  @Override
  public Claim claim(String id) {
    return Claim.NEW;
  }

  @Override
  public void done(String id) {
    // It will be new again.
  }

  @Override
  public void release(String id) {
    // It was never held.
  }

  @Override
  public OptionalInt came(String uid, int sequence) {
    return OptionalInt.empty();
  }
}
