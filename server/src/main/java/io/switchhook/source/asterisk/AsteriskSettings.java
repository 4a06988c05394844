package io.switchhook.source.asterisk;

import io.switchhook.event.CompanyId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a source of type {@code asterisk} is told about the phone system, without how to reach it.
 *
 * @param source the source's name, as {@code lab}
 * @param company whose calls these are
 * @param users all of our people, from the file of settings and from {@code users-file}
 * @param userChannels devices that are users; what {@code *} matches is the extension
 * @param notUserChannels devices that are no users although a pattern of the former matches
 * @param trunks devices behind which customers are
 * @param inboundContexts the contexts in which calls come in; empty: any
 * @param serviceNumber where the called number is looked for, in this order
 * @param region ISO 3166 two letters, for numbers written without a country code
 * @param clidFormat how {@code clid} is written
 * @param usersAs what stands in {@code users}
 * @param recordingUrl {@code _fu}, with {@code {file}} in it; {@code ""}: none
 * @param variables the channel variables that are read
 * @param clickToCallStates which states a click to call tells
 * @param internalCalls whether calls between users are told
 * @param afterCallDelay how long after a call's end its after-call log is told
 * @param maximumCallAge a call that is older is ended by us
 * @param originate how calls are started; null when this source starts none
 */
public record AsteriskSettings(
    String source,
    CompanyId company,
    List<AsteriskUser> users,
    List<ChannelPattern> userChannels,
    List<ChannelPattern> notUserChannels,
    List<ChannelPattern> trunks,
    List<String> inboundContexts,
    List<ServiceNumber> serviceNumber,
    String region,
    ClidFormat clidFormat,
    UsersAs usersAs,
    List<AsteriskDepartment> departments,
    String recordingUrl,
    Variables variables,
    ClickToCallStates clickToCallStates,
    boolean internalCalls,
    Duration afterCallDelay,
    Duration maximumCallAge,
    @Nullable Originate originate) {

  /** {@code clid-format}. A foreign caller's number is E.164 in each of them. */
  public enum ClidFormat {
    /** {@code 9711636496}. */
    NATIONAL,
    /** {@code +919711636496}. */
    E164,
    /** {@code 919711636496}. */
    DIGITS
  }

  /** {@code users-as}. */
  public enum UsersAs {
    NUMBER,
    ID
  }

  /** {@code click-to-call-states}. */
  public enum ClickToCallStates {
    /** 3, 6 when the customer answers, then 2, 7 or 9. */
    FULL,
    /** Only 3, 7 and 9, as the vendor's table has them. */
    STRICT
  }

  /**
   * The names of channel variables.
   *
   * @param clientRefId holds the client's own reference
   * @param recording holds the recording's file
   */
  public record Variables(String clientRefId, String recording) {
    /** What is read when the settings say nothing. */
    public static final Variables DEFAULT = new Variables("SWH_REF", "MIXMONITOR_FILENAME");
  }

  /**
   * How calls are started.
   *
   * @param user the channel of a user, with {@code {extension}} (or {@code {number}}) in it
   * @param customer the channel of a customer, with {@code {number}}, {@code {e164}} or {@code
   *     {national}} in it
   * @param callerId what the far end sees
   * @param clickToCallContext where a user's leg goes on to dial the customer
   * @param ivr by public IVR id: where a customer's leg goes on, {@code context,exten,priority}
   * @param timeout how long the first leg is rung
   * @param allowedNumbers what may be called: numbers with a plus, prefixes with {@code *}
   */
  public record Originate(
      String user,
      String customer,
      String callerId,
      String clickToCallContext,
      Map<String, String> ivr,
      Duration timeout,
      List<String> allowedNumbers,
      int callsPerMinute) {
    public Originate {
      ivr = Map.copyOf(ivr);
      allowedNumbers = List.copyOf(allowedNumbers);
    }
  }

  public AsteriskSettings {
    users = List.copyOf(users);
    userChannels = List.copyOf(userChannels);
    notUserChannels = List.copyOf(notUserChannels);
    trunks = List.copyOf(trunks);
    inboundContexts = List.copyOf(inboundContexts);
    serviceNumber = List.copyOf(serviceNumber);
    departments = List.copyOf(departments);
  }

  /** The user with this id. */
  public Optional<AsteriskUser> user(String id) {
    return users.stream().filter(user -> user.id().equals(id)).findFirst();
  }
}
