package io.switchhook.source;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A source that can also start calls. Methods may be called from any thread. */
public interface StartsCalls {
  /**
   * Starts a call; completes when the phone system has taken it on, or why not. Never exceptionally
   * for anything that can be expected.
   */
  CompletionStage<Outcome> startCall(CallToStart call);

  /** What kind of call. */
  enum CallWay {
    /** The user first, then the customer. */
    CLICK_TO_CALL,
    /** The customer first, then users or an IVR. */
    OBD
  }

  /**
   * A call that somebody asks for. What is not given is {@code ""}.
   *
   * @param user for a click to call: the user's id, extension or number
   * @param number the customer's, with a country code or as it is dialled in the source's region
   * @param publicIvrId for an OBD call: where it goes on
   * @param clientRefId the client's own reference
   */
  record CallToStart(
      CallWay type, String user, String number, String publicIvrId, String clientRefId) {}

  /** What became of it. */
  sealed interface Outcome {
    /**
     * The phone system has taken it on.
     *
     * @param referenceId ours, a UUID: {@code reference_id} of the call's logs
     * @param uid of the call's logs
     */
    record Started(String referenceId, String uid) implements Outcome {}

    /** Something of it is not allowed. */
    record Refused(List<Mistake> mistakes) implements Outcome {
      public Refused {
        mistakes = List.copyOf(mistakes);
      }

      /** One field that is not allowed. */
      public static Refused of(String field, String problem) {
        return new Refused(List.of(new Mistake(field, problem)));
      }
    }

    /** The same client reference started a call before. */
    record AskedBefore(String referenceId) implements Outcome {}

    /** Enough calls were started lately. */
    record TooMany(Duration retryAfter, String words) implements Outcome {}

    /** It was asked for, and no answer came: it may be started or not. Its reference is kept. */
    record NotKnown(String referenceId, String words) implements Outcome {}

    /** It cannot be started now, and was not. */
    record NotNow(String words) implements Outcome {}
  }

  /** One field that is not allowed, and why. */
  record Mistake(String field, String problem) {}
}
