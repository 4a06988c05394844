package io.switchhook.bench.load;

/** Answers that no server gave. */
public final class MadeUpAnswer {
  private MadeUpAnswer() {}

  /** What a 202 would say of an event at this place of its call. */
  public static Answers.Entry entry(long ordinal, int place) {
    var entry = new Answers.Entry();
    entry.set(Token.hash("e_" + ordinal), place + 1, false);
    return entry;
  }
}
