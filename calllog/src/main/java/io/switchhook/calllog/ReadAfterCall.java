package io.switchhook.calllog;

import io.switchhook.calllog.AfterCallLog.Billing;
import io.switchhook.calllog.AfterCallLog.Caller;
import io.switchhook.calllog.AfterCallLog.Comment;
import io.switchhook.calllog.AfterCallLog.Department;
import io.switchhook.calllog.AfterCallLog.Leg;
import io.switchhook.calllog.AfterCallLog.Parameter;
import io.switchhook.calllog.AfterCallLog.Recording;
import io.switchhook.calllog.AfterCallLog.References;
import io.switchhook.calllog.AfterCallLog.TalkTime;
import io.switchhook.calllog.AfterCallLog.Times;
import io.switchhook.calllog.AfterCallLog.Use;
import io.switchhook.calllog.AfterCallLog.User;
import io.switchhook.calllog.AfterCallLog.UserAction;
import java.util.List;

/** Makes an after-call log of its fields. */
final class ReadAfterCall {
  private ReadAfterCall() {}

  static AfterCallLog of(FieldReader log) {
    return new AfterCallLog(
        log.text("_ai"),
        log.text("_so"),
        log.text("_ci"),
        caller(log),
        times(log),
        log.small("_ty"),
        log.small("_ev"),
        new Recording(log.text("_fn"), url(log.text("_fu"))),
        log.text("_ns"),
        log.small("_su"),
        new Department(log.text("_dn"), log.text("_di")),
        log.objects("_pm", entry -> new Parameter(entry.text("ky"), entry.text("vl"))),
        log.objects("_cn", ReadAfterCall::comment),
        log.objects("_ld", ReadAfterCall::leg),
        log.objects("_bp", ReadAfterCall::billing),
        log.objects("_us", entry -> new UserAction(entry.text("ky"), entry.text("vl"))),
        log.objects("_tc", entry -> new TalkTime(entry.text("ye"), entry.whole("yf"))),
        new References(log.text("_ri"), log.text("_ji"), log.text("_ivid"), log.text("_cri")));
  }

  private static Caller caller(FieldReader log) {
    return new Caller(
        log.number("_cr"),
        log.number("_cl"),
        log.text("_cy"),
        log.text("_cm"),
        log.text("_se"),
        log.small("_an"));
  }

  private static Times times(FieldReader log) {
    return new Times(
        log.whole("_ts"),
        log.whole("_st"),
        log.whole("_et"),
        log.whole("_ms"),
        log.whole("_ss"),
        log.text("_dr"),
        log.decimal("_drm"));
  }

  private static Comment comment(FieldReader comment) {
    return new Comment(
        comment.text("_tx"), comment.text("_cd"), comment.whole("_ce"), user(comment));
  }

  private static Leg leg(FieldReader leg) {
    return new Leg(
        leg.text("_rst"),
        leg.text("_ds"),
        leg.number("_did"),
        leg.objects("_rr", ReadAfterCall::user),
        leg.objects("_tt", ReadAfterCall::user),
        leg.text("_su"),
        leg.whole("_st"),
        leg.whole("_et"),
        leg.text("_dr"),
        leg.text("_ac"));
  }

  private static User user(FieldReader user) {
    return new User(
        user.text("_id"),
        user.text("_na"),
        user.text("_em"),
        user.text("_ex"),
        user.number("_ct"),
        user.number("_nr"));
  }

  private static Billing billing(FieldReader billing) {
    return new Billing(
        uses(billing, "_tm"), uses(billing, "_ti"), uses(billing, "_ta"), uses(billing, "_tr"));
  }

  private static List<Use> uses(FieldReader billing, String name) {
    return billing.objects(name, use -> new Use(use.text("type"), use.whole("use")));
  }

  // The vendor's page prints the address with its slashes escaped twice.
  private static String url(String written) {
    return written.replace("\\/", "/");
  }
}
