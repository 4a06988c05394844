package io.switchhook.calllog;

import static io.switchhook.calllog.CallType.CLICK_TO_CALL;
import static io.switchhook.calllog.CallType.INCOMING;
import static io.switchhook.calllog.CallType.OBD;

import java.util.Optional;
import java.util.Set;

/** The {@code call_state} of an in-call log, as the vendor's In-Call Webhook page tables it. */
public enum CallState {
  INCOMING_ON_SERVER(1, "incoming call on server"),
  FINISHED(2, "call finished"),
  INITIATED_BY_USER(3, "call initiated by user to customer"),
  FIRST_PARTY_NO_ANSWER(4, "first party no answer"),
  DIALING_USERS(5, "dialing users"),
  USER_ANSWERED(6, "user answered"),
  CLIENT_REJECTED(7, "client rejected the call"),
  /** Not in the vendor's table; passed on as it comes. */
  UNDOCUMENTED(8, "undocumented state 8"),
  NO_USER_PICKED(9, "no user picked the call (no answer)");

  private final int number;
  private final String words;

  CallState(int number, String words) {
    this.number = number;
    this.words = words;
  }

  /** The state with this number; empty outside 1 to 9. */
  public static Optional<CallState> ofNumber(int number) {
    return number >= 1 && number <= 9 ? Optional.of(values()[number - 1]) : Optional.empty();
  }

  /** The number on the wire. */
  public int number() {
    return number;
  }

  /** What it means, in the vendor's words. */
  public String words() {
    return words;
  }

  /** The types of call that the vendor's table gives this state to. */
  public Set<CallType> callTypes() {
    return switch (this) {
      case INCOMING_ON_SERVER, FINISHED, DIALING_USERS, USER_ANSWERED -> Set.of(OBD, INCOMING);
      case INITIATED_BY_USER, CLIENT_REJECTED, NO_USER_PICKED -> Set.of(CLICK_TO_CALL);
      case FIRST_PARTY_NO_ANSWER -> Set.of(OBD);
      case UNDOCUMENTED -> Set.of();
    };
  }

  /** True for the states after which nothing of the call follows: 2, 4, 7 and 9. */
  public boolean isFinal() {
    return switch (this) {
      case FINISHED, FIRST_PARTY_NO_ANSWER, CLIENT_REJECTED, NO_USER_PICKED -> true;
      case INCOMING_ON_SERVER, INITIATED_BY_USER, DIALING_USERS, USER_ANSWERED, UNDOCUMENTED ->
          false;
    };
  }
}
