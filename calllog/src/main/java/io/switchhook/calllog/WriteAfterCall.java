package io.switchhook.calllog;

import io.switchhook.calllog.AfterCallLog.Billing;
import io.switchhook.calllog.AfterCallLog.Comment;
import io.switchhook.calllog.AfterCallLog.Leg;
import io.switchhook.calllog.AfterCallLog.Use;
import io.switchhook.calllog.AfterCallLog.User;

/**
 * Writes the fields of an after-call log in the order and with the types of the vendor's sample.
 */
final class WriteAfterCall {
  private WriteAfterCall() {}

  static void into(ObjectWriter out, AfterCallLog log) {
    var caller = log.caller();
    var times = log.times();
    var references = log.references();
    out.text("_ai", log.id())
        .text("_so", log.source())
        .text("_ci", log.companyId())
        .text("_cr", caller.national())
        .text("_cm", caller.name())
        .text("_cl", caller.e164())
        .text("_cy", caller.countryCode())
        .text("_se", caller.place())
        .number("_ts", times.loggedAt())
        .number("_st", times.startedAt())
        .number("_ms", times.startedAtMillis())
        .number("_ss", times.secondOfDay())
        .number("_et", times.endedAt())
        .text("_dr", times.duration())
        .number("_drm", times.minutes())
        .number("_ty", log.type())
        .number("_ev", log.direction())
        .text("_fn", log.recording().fileName())
        .url("_fu", log.recording().url())
        .text("_ns", log.notificationStatus())
        .number("_su", log.status())
        .text("_dn", log.department().name())
        .text("_di", log.department().id())
        .objects("_pm", log.parameters(), (o, p) -> o.text("ky", p.key()).text("vl", p.value()))
        .objects("_cn", log.comments(), WriteAfterCall::comment)
        .objects("_ld", log.legs(), WriteAfterCall::leg)
        .number("_an", caller.anonymous())
        .objects("_bp", log.billing(), WriteAfterCall::billing)
        .objects(
            "_us", log.userActions(), (o, u) -> o.text("ky", u.userId()).text("vl", u.action()))
        .objects(
            "_tc", log.talkTimes(), (o, t) -> o.text("ye", t.userId()).number("yf", t.seconds()))
        .text("_ri", references.referenceId())
        .text("_ji", references.jobId())
        .text("_ivid", references.publicIvrId())
        .text("_cri", references.clientReferenceId());
  }

  private static void comment(ObjectWriter out, Comment comment) {
    out.text("_tx", comment.text()).text("_cd", comment.id()).number("_ce", comment.writtenAt());
    user(out, comment.author());
  }

  private static void leg(ObjectWriter out, Leg leg) {
    out.text("_rst", leg.ringStart())
        .text("_ds", leg.dialStatus())
        .text("_did", leg.dialedId())
        .objects("_rr", leg.receivedBy(), WriteAfterCall::user)
        .objects("_tt", leg.transferredTo(), WriteAfterCall::user)
        .text("_su", leg.status())
        .number("_st", leg.startedAt())
        .number("_et", leg.endedAt())
        .text("_dr", leg.duration())
        .text("_ac", leg.action());
  }

  private static void user(ObjectWriter out, User user) {
    out.text("_id", user.id())
        .text("_na", user.name())
        .text("_em", user.email())
        .text("_ex", user.extension())
        .text("_ct", user.number())
        .text("_nr", user.e164());
  }

  private static void billing(ObjectWriter out, Billing billing) {
    out.objects("_tm", billing.tm(), WriteAfterCall::use)
        .objects("_ti", billing.ti(), WriteAfterCall::use)
        .objects("_ta", billing.ta(), WriteAfterCall::use)
        .objects("_tr", billing.tr(), WriteAfterCall::use);
  }

  private static void use(ObjectWriter out, Use use) {
    out.text("type", use.type()).number("use", use.use());
  }
}
