package io.switchhook.console.webhooks;

import io.switchhook.webhook.Trigger;
import java.util.List;

/** The fields of call logs that people choose from; any other is named by its path. */
final class FieldChoices {
  /** Those of an in-call log, what is asked for most first. */
  private static final List<Choice> IN_CALL =
      List.of(
          new Choice("clid_raw", "customer’s number with country code"),
          new Choice("clid", "customer’s number"),
          new Choice("users", "users who are rung or who talk"),
          new Choice("call_state", "state of the call, 1 to 9"),
          new Choice("event", "1 incoming, 2 outgoing"),
          new Choice("status", "1 connected, 2 missed, 3 voicemail"),
          new Choice("rdnis", "number that was called"),
          new Choice("uid", "the call"),
          new Choice("id", "this log"),
          new Choice("created", "when the log was made, UTC"),
          new Choice("call_time", "when the call began, UTC"),
          new Choice("reference_id", "reference of the request"),
          new Choice("client_ref_id", "your own reference"),
          new Choice("public_ivr_id", "campaign"),
          new Choice("job_id", "job"),
          new Choice("company_id", "company"));

  /** Those of an after-call log. */
  private static final List<Choice> AFTER_CALL =
      List.of(
          new Choice("_cl", "customer’s number with country code"),
          new Choice("_cr", "customer’s number"),
          new Choice("_cy", "country code"),
          new Choice("_ev", "1 incoming, 2 outgoing"),
          new Choice("_su", "1 connected, 2 missed, 3 voicemail"),
          new Choice("_dr", "how long it lasted"),
          new Choice("_st", "when it began, seconds since 1970"),
          new Choice("_et", "when it ended, seconds since 1970"),
          new Choice("_dn", "department"),
          new Choice("_fu", "address of the recording"),
          new Choice("_ld.0._rr.0._na", "user of the first leg"),
          new Choice("_ld.0._rr.0._nr", "that user’s number"),
          new Choice("_ld.0._ds", "how the first leg ended"),
          new Choice("_cn.0._tx", "first comment"),
          new Choice("_ri", "reference of the request"),
          new Choice("_cri", "your own reference"),
          new Choice("_ai", "this log"),
          new Choice("_ci", "company"));

  private static final List<Choice> DISPOSITION =
      List.of(
          new Choice("_dsp.0.ky", "name of the first disposition"),
          new Choice("_dsp.0.vl", "value of the first disposition"));

  /** All of them. */
  static final List<Group> ALL =
      List.of(
          new Group("In-call log", IN_CALL),
          new Group("After-call log and disposition", AFTER_CALL),
          new Group("Disposition", DISPOSITION));

  private FieldChoices() {}

  /** A field by its path, and what it says. */
  record Choice(String path, String words) {}

  /** Fields of one kind of log. */
  record Group(String words, List<Choice> choices) {}

  /** True when it can be chosen, and need not be named. */
  static boolean has(String path) {
    return ALL.stream()
        .flatMap(group -> group.choices().stream())
        .anyMatch(choice -> choice.path().equals(path));
  }

  /** True when the field is known, and known to be of other logs than this trigger's. */
  static boolean isOfOtherLogs(Trigger trigger, String path) {
    return has(path)
        && switch (trigger) {
          case IN_CALL -> IN_CALL.stream().noneMatch(choice -> choice.path().equals(path));
          case AFTER_CALL -> AFTER_CALL.stream().noneMatch(choice -> choice.path().equals(path));
          case DISPOSITION -> IN_CALL.stream().anyMatch(choice -> choice.path().equals(path));
        };
  }
}
