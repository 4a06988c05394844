package io.switchhook.event;

/** What a record of the journal is. The codes are stored: they never change meaning. */
public enum Kind {
  /** A call state, told while the call lasts. */
  IN_CALL(1),
  /** The record of a whole call, told after it. */
  AFTER_CALL(2),
  /** What an agent tagged the call with. */
  DISPOSITION(3),
  /** What a source keeps for itself about a call; never told, has no sequence. */
  NOTE(4);

  private final int code;

  Kind(int code) {
    this.code = code;
  }

  /** The stored number of this kind. */
  public int code() {
    return code;
  }

  /** The kind with this stored number. */
  public static Kind ofCode(int code) {
    return switch (code) {
      case 1 -> IN_CALL;
      case 2 -> AFTER_CALL;
      case 3 -> DISPOSITION;
      case 4 -> NOTE;
      default -> throw new IllegalArgumentException("no kind has the code " + code);
    };
  }

  /** True for records that can be told; a note cannot. */
  public boolean isEvent() {
    return this != NOTE;
  }
}
