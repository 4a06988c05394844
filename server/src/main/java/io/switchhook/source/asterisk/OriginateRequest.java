package io.switchhook.source.asterisk;

/**
 * A call that was asked of us, as it was handed to Asterisk. What is not known is {@code ""}.
 *
 * @param referenceId ours, a UUID: {@code reference_id} of the call's logs
 * @param clientRefId the client's own
 * @param publicIvrId where an OBD call goes on
 * @param user for a click to call: the id of the user who is called first
 * @param number the customer's, E.164 with a plus
 * @param actionId the ActionID of the Originate
 * @param account the Account of the Originate
 * @param channelId the ChannelId of the Originate: the Uniqueid of the first leg
 * @param channel the Channel of the Originate, as {@code PJSIP/agent101}
 */
public record OriginateRequest(
    Type type,
    String referenceId,
    String clientRefId,
    String publicIvrId,
    String user,
    String number,
    String actionId,
    String account,
    String channelId,
    String channel) {
  /** What kind of call. */
  public enum Type {
    /** The user first, then the customer. */
    CLICK_TO_CALL,
    /** The customer first, then users or an IVR. */
    OBD
  }
}
