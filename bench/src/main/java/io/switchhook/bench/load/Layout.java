package io.switchhook.bench.load;

/**
 * Which webhooks hear of a call. Webhooks are in groups of equal size; a call belongs to one group
 * and each webhook of the group is told all of it. Groups are dealt out to the companies in turn.
 *
 * @param companies how many
 * @param groups how many; a multiple of the companies
 * @param fanOut webhooks of one group
 */
public record Layout(int companies, int groups, int fanOut) {
  private static final int FIRST_MARK = 1_000_000;
  private static final int MARK_DIGITS = 7;

  public Layout {
    if (companies < 1 || groups < companies || groups % companies != 0 || fanOut < 1) {
      throw new IllegalArgumentException(
          "%d companies, %d groups, %d webhooks in a group".formatted(companies, groups, fanOut));
    }
  }

  /** One company with so many webhooks, each with calls of its own. */
  public static Layout ofWebhooks(int webhooks) {
    return new Layout(1, webhooks, 1);
  }

  /** How many webhooks there are. */
  public int webhooks() {
    return groups * fanOut;
  }

  /** The group of a webhook. */
  public int groupOf(int webhook) {
    return webhook / fanOut;
  }

  /** The place of a webhook in its group. */
  public int placeOf(int webhook) {
    return webhook % fanOut;
  }

  /** The company of a group. */
  public int companyOf(int group) {
    return group % companies;
  }

  /** True when a company has several groups, so that conditions must tell them apart. */
  public boolean needsConditions() {
    return groups > companies;
  }

  /** What a call log of a group carries, for conditions to find; always of the same length. */
  public static String markOf(int group) {
    return String.valueOf(FIRST_MARK + group);
  }

  /** Writes {@link #markOf} as ASCII digits. */
  static void writeMark(byte[] target, int at, int group) {
    var rest = FIRST_MARK + group;
    for (var i = at + MARK_DIGITS - 1; i >= at; i--) {
      target[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** The name of a company as its URL has it. */
  public static String nameOf(int company) {
    return company == 0 ? "default" : "bench-" + company;
  }
}
