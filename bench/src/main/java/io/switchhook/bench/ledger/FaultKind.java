package io.switchhook.bench.ledger;

/** What can be wrong with what a server told. */
public enum FaultKind {
  STRANGER("nobody sent, or not to this webhook"),
  UNREADABLE("cannot be read as webhook requests"),
  OTHER_ID("have another webhook-id than the 202 or an earlier request said"),
  OTHER_SEQUENCE("have another place in their call than they were accepted at"),
  OTHER_PREVIOUS("name another switchhook-previous than the event before"),
  OTHER_SKIPPED("do not say how many events of their call were given up before"),
  REPEATED(
      "were told again although they were taken, nothing had crashed and the server had heard so"),
  DISORDER("came before an earlier event of their call was told or given up"),
  REPLAY_DISORDER("were replayed before an earlier event of their call"),
  LOST("were accepted and are neither told, given up nor outstanding"),
  LANES("times there were more lanes than allowed");

  private final String words;

  FaultKind(String words) {
    this.words = words;
  }

  /** What is said after a number. */
  public String words() {
    return words;
  }
}
