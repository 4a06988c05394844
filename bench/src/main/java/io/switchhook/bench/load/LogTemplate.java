package io.switchhook.bench.load;

import io.switchhook.bench.load.Traffic.LogKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A call log in which only places of a fixed length differ from event to event. */
final class LogTemplate {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int CALL_DIGITS = 10;
  private static final int TRAFFIC_DIGITS = 2;

  private static final String ID = "I".repeat(Token.LENGTH);
  private static final String CALL = "C".repeat(CALL_DIGITS);
  private static final String TRAFFIC = "T".repeat(TRAFFIC_DIGITS);
  private static final String WHEN = "W".repeat("2026-01-05 10:00:00".length());
  private static final String EPOCH = "EEEEEEEEEE";
  private static final String MARK = "MMMMMMM";

  /** A call comes in, rings, is answered and ends; longer ones are told between several users. */
  private static final char[] STATES = {'1', '5', '6'};

  private final byte[] text;
  private final int[] ids;
  private final int[] calls;
  private final int[] traffics;
  private final int[] whens;
  private final int[] epochs;
  private final int[] marks;

  private LogTemplate(String text) {
    this.text = text.getBytes(StandardCharsets.US_ASCII);
    this.ids = placesOf(text, ID);
    this.calls = placesOf(text, CALL);
    this.traffics = placesOf(text, "-" + TRAFFIC + "-");
    this.whens = placesOf(text, WHEN);
    this.epochs = placesOf(text, EPOCH);
    this.marks = placesOf(text, MARK);
  }

  /** One for each event of a call, in their order; all are one line and equally long. */
  static List<LogTemplate> ofCall(Traffic traffic) {
    var templates = new ArrayList<LogTemplate>();
    for (var place = 0; place < traffic.eventsPerCall(); place++) {
      templates.add(new LogTemplate(text(traffic.kind(), place, traffic.eventsPerCall())));
    }
    return templates;
  }

  private static String text(LogKind kind, int place, int eventsPerCall) {
    return switch (kind) {
      case IN_CALL -> inCall(state(place, eventsPerCall));
      case AFTER_CALL -> afterCall();
    };
  }

  private static String inCall(char state) {
    return """
      {"id":"%s","uid":"bench-%s-%s","reference_id":null,"company_id":"5d1c6d5bd6d47651",\
      "clid_raw":"919711636496","clid":"9711636496","rdnis":"918049202020","call_state":"%s",\
      "event":"1","status":null,"users":["919999999999"],"created":"%s","call_time":"%s",\
      "public_ivr_id":"%s","client_ref_id":null,"job_id":null}
      """
        .formatted(ID, TRAFFIC, CALL, state, WHEN, WHEN, MARK);
  }

  private static String afterCall() {
    return """
      {"_ai":"%s","_so":"1","_ci":"5d1c6d5bd6d47651","_cr":"9711636496","_cm":"",\
      "_cl":"+919711636496","_cy":"91","_se":"","_ts":%5$s,"_st":%5$s,"_ms":%5$s000,"_ss":36000,\
      "_et":%5$s,"_dr":"00:00:39","_drm":0.65,"_ty":1,"_ev":1,"_fn":"","_fu":"","_ns":"0","_su":1,\
      "_dn":"bench","_di":"5d1c6d5bd6d47652","_pm":[{"ky":"ui","vl":"bench-%2$s-%3$s"}],"_cn":[],\
      "_ld":[{"_rst":"%4$s","_ds":"ANSWERED","_did":"918049202020","_rr":[{"_id":"5d1c6d5bd6d47653",\
      "_na":"An Agent","_ex":"10","_ct":"919999999999","_em":"agent@example.com"}],"_tt":[],\
      "_st":%5$s,"_et":%5$s,"_dr":"00:00:39","_ac":"received","_ms":%5$s000}],"_an":1,"_bp":[],\
      "_us":["5d1c6d5bd6d47653"],"_tc":[],"_ri":"","_ji":"","_ivid":"%6$s","_cri":""}
      """
        .formatted(ID, TRAFFIC, CALL, WHEN, EPOCH, MARK);
  }

  private static char state(int place, int eventsPerCall) {
    return place == eventsPerCall - 1 && place > 0 ? '2' : STATES[Math.min(place, 2)];
  }

  private static int[] placesOf(String text, String what) {
    var places = new ArrayList<Integer>();
    for (var at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + 1)) {
      places.add(at);
    }
    return places.stream().mapToInt(Integer::intValue).toArray();
  }

  int length() {
    return text.length;
  }

  /** Writes the log of an event that happens at this second. */
  void write(byte[] target, int at, Traffic traffic, Event event) {
    System.arraycopy(text, 0, target, at, text.length);
    var call = traffic.callOf(event.ordinal());
    for (var place : ids) {
      Token.write(target, at + place, traffic.number(), event.ordinal());
    }
    for (var place : calls) {
      Token.hex(target, at + place, CALL_DIGITS, call);
    }
    for (var place : traffics) {
      Token.hex(target, at + place + 1, TRAFFIC_DIGITS, traffic.number());
    }
    for (var place : whens) {
      event.second().copyTime(target, at + place);
    }
    for (var place : epochs) {
      event.second().copyEpoch(target, at + place);
    }
    if (marks.length > 0) {
      Layout.writeMark(target, at + marks[0], traffic.groupOf(call));
    }
  }

  /** An event and when it happens. */
  record Event(long ordinal, Second second) {}

  /** A second, written out once for all events in it. */
  static final class Second {
    private final long epoch;
    private final byte[] time;
    private final byte[] digits;

    Second(long epoch) {
      this.epoch = epoch;
      this.time = TIME.format(Instant.ofEpochSecond(epoch)).getBytes(StandardCharsets.US_ASCII);
      this.digits = String.valueOf(epoch).getBytes(StandardCharsets.US_ASCII);
    }

    long epoch() {
      return epoch;
    }

    private void copyTime(byte[] target, int at) {
      System.arraycopy(time, 0, target, at, time.length);
    }

    private void copyEpoch(byte[] target, int at) {
      System.arraycopy(digits, 0, target, at, digits.length);
    }
  }
}
