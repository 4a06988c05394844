package io.switchhook.bench.load;

/** Answers that no server gave. */
public final class MadeUpAnswer {
  private MadeUpAnswer() {}

  /** What a 202 would say of an event at this place of its call. */
  public static Answers.Entry entry(long ordinal, int place) {
    return entry(ordinal, place, "new");
  }

  /** The same of an event that had been taken before. */
  public static Answers.Entry duplicate(long ordinal, int place) {
    return entry(ordinal, place, "duplicate");
  }

  private static Answers.Entry entry(long ordinal, int place, String word) {
    var entry = new Answers.Entry();
    entry.set(Token.hash("e_" + ordinal), place + 1, word.equals("duplicate"));
    return entry;
  }
}
