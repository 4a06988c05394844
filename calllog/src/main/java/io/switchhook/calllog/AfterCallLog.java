package io.switchhook.calllog;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * The after-call log of MyOperator's After Call Webhook. Components are in groups; {@link #toJson}
 * writes the keys in the order of the vendor's sample. What is not known has the empty form of its
 * type: {@code ""}, 0, an empty list.
 *
 * @param id {@code _ai}, the log's own id, 16 hexadecimal digits
 * @param source {@code _so}: 1 IVR, 2 mobile
 * @param companyId {@code _ci}
 * @param type {@code _ty}: 1 call, 2 SMS
 * @param direction {@code _ev}: 1 incoming, 2 outgoing
 * @param notificationStatus {@code _ns}: 0 normal, 1 click to call, 2 OBD, 3 WebRTC
 * @param status {@code _su}: 1 connected, 2 missed, 3 voicemail
 * @param parameters {@code _pm}: {@code ui} is the call's uid
 * @param comments {@code _cn}: notes on the call
 * @param legs {@code _ld}: one for each time somebody was rung
 * @param billing {@code _bp}
 * @param userActions {@code _us}: user id to what happened
 * @param talkTimes {@code _tc}: user id to seconds of talk
 */
public record AfterCallLog(
    String id,
    String source,
    String companyId,
    Caller caller,
    Times times,
    int type,
    int direction,
    Recording recording,
    String notificationStatus,
    int status,
    Department department,
    List<Parameter> parameters,
    List<Comment> comments,
    List<Leg> legs,
    List<Billing> billing,
    List<UserAction> userActions,
    List<TalkTime> talkTimes,
    References references) {

  public AfterCallLog {
    parameters = List.copyOf(parameters);
    comments = List.copyOf(comments);
    legs = List.copyOf(legs);
    billing = List.copyOf(billing);
    userActions = List.copyOf(userActions);
    talkTimes = List.copyOf(talkTimes);
  }

  /**
   * Who called, or was called.
   *
   * @param national {@code _cr}, without the country code
   * @param e164 {@code _cl}, with a plus
   * @param countryCode {@code _cy}, digits
   * @param name {@code _cm}
   * @param place {@code _se}, "State, Country"
   * @param anonymous {@code _an}, 1 or 0
   */
  public record Caller(
      String national, String e164, String countryCode, String name, String place, int anonymous) {}

  /**
   * When; all in UTC.
   *
   * @param loggedAt {@code _ts}, epoch seconds
   * @param startedAt {@code _st}, epoch seconds
   * @param endedAt {@code _et}, epoch seconds
   * @param startedAtMillis {@code _ms}
   * @param secondOfDay {@code _ss}, of the start
   * @param duration {@code _dr}, {@code HH:MM:SS} of the whole call
   * @param minutes {@code _drm}, likewise
   */
  public record Times(
      long loggedAt,
      long startedAt,
      long endedAt,
      long startedAtMillis,
      long secondOfDay,
      String duration,
      BigDecimal minutes) {
    private static final long DAY_SECONDS = 86_400;

    /** What follows from start and end, computed as in the vendor's sample. */
    public static Times of(long startedAt, long endedAt, long loggedAt) {
      var seconds = Math.max(0, endedAt - startedAt);
      return new Times(
          loggedAt,
          startedAt,
          endedAt,
          startedAt * 1000,
          Math.floorMod(startedAt, DAY_SECONDS),
          LogTime.duration(seconds),
          BigDecimal.valueOf(seconds).divide(BigDecimal.valueOf(60), 2, RoundingMode.HALF_UP));
    }
  }

  /**
   * {@code _fn} and {@code _fu}: the recording's file name and address; empty when there is none.
   */
  public record Recording(String fileName, String url) {}

  /** {@code _dn} and {@code _di}. */
  public record Department(String name, String id) {}

  /** One of {@code _pm}. */
  public record Parameter(String key, String value) {}

  /** A note on the call: {@code _tx}, {@code _cd}, {@code _ce} (epoch seconds), who wrote it. */
  public record Comment(String text, String id, long writtenAt, User author) {}

  /**
   * A user.
   *
   * @param number {@code _ct}, without the country code
   * @param e164 {@code _nr}, with a plus
   */
  public record User(
      String id, String name, String email, String extension, String number, String e164) {}

  /**
   * One of {@code _ld}: a time that somebody was rung.
   *
   * @param ringStart {@code _rst}, {@code YYYY-MM-DD HH:MM:SS} UTC
   * @param dialStatus {@code _ds}: ANSWER, NOANSWER, CANCEL, BUSY, CONGESTION
   * @param dialedId {@code _did}
   * @param receivedBy {@code _rr}
   * @param transferredTo {@code _tt}
   * @param status {@code _su}: 1 connected, 2 missed, 3 voicemail
   * @param startedAt {@code _st}, epoch seconds of the answer
   * @param endedAt {@code _et}, epoch seconds
   * @param duration {@code _dr}, {@code HH:MM:SS} of talk
   * @param action {@code _ac}: received, missed, transferred
   */
  public record Leg(
      String ringStart,
      String dialStatus,
      String dialedId,
      List<User> receivedBy,
      List<User> transferredTo,
      String status,
      long startedAt,
      long endedAt,
      String duration,
      String action) {
    public Leg {
      receivedBy = List.copyOf(receivedBy);
      transferredTo = List.copyOf(transferredTo);
    }
  }

  /** One of {@code _bp}: four lists of uses, whose meaning the vendor does not tell. */
  public record Billing(List<Use> tm, List<Use> ti, List<Use> ta, List<Use> tr) {
    public Billing {
      tm = List.copyOf(tm);
      ti = List.copyOf(ti);
      ta = List.copyOf(ta);
      tr = List.copyOf(tr);
    }
  }

  /** A use that is billed. */
  public record Use(String type, long use) {}

  /** One of {@code _us}. */
  public record UserAction(String userId, String action) {}

  /** One of {@code _tc}. */
  public record TalkTime(String userId, long seconds) {}

  /** {@code _ri}, {@code _ji}, {@code _ivid}, {@code _cri}: what an OBD call belongs to. */
  public record References(
      String referenceId, String jobId, String publicIvrId, String clientReferenceId) {}

  /** Reads an after-call log (or the one in a disposition) leniently: what is absent is empty. */
  public static AfterCallLog of(CallLog log) {
    if (log.kind() == LogKind.IN_CALL) {
      throw new IllegalArgumentException("not an after-call log: " + log);
    }
    return ReadAfterCall.of(new FieldReader(log.root()));
  }

  /** The log as the vendor's sample has it: its keys, order and types, no white space. */
  public String toJson() {
    var out = new StringBuilder(2048);
    var object = new ObjectWriter(out);
    WriteAfterCall.into(object, this);
    object.end();
    return out.toString();
  }

  /** Says what it is, not whose: call logs hold telephone numbers. */
  @Override
  public String toString() {
    return "after-call log of " + legs.size() + " legs";
  }
}
