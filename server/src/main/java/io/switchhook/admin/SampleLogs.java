package io.switchhook.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchhook.event.CompanyId;
import io.switchhook.webhook.Trigger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Call logs for trying a webhook: the shape is the real one, the numbers belong to nobody. */
final class SampleLogs {
  private static final DateTimeFormatter CREATED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String CUSTOMER = "910000000001";
  private static final String USER = "910000000002";
  private static final int SECONDS_OF_DAY = 86_400;
  private static final int CALL_SECONDS = 39;

  private SampleLogs() {}

  /** The log that a webhook with this trigger is told, of a call with this uid that ends now. */
  static ObjectNode of(Trigger trigger, CompanyId company, String uid, Instant now) {
    return switch (trigger) {
      case IN_CALL -> inCall(company, uid, now);
      case AFTER_CALL -> afterCall(company, uid, now);
      case DISPOSITION -> {
        var log = afterCall(company, uid, now);
        log.putArray("_dsp").addObject().put("ky", "Test").put("vl", "Switchhook");
        yield log;
      }
    };
  }

  private static ObjectNode inCall(CompanyId company, String uid, Instant now) {
    var log = JsonNodeFactory.instance.objectNode();
    var created = CREATED.format(now);
    log.put("id", logId(now)).put("uid", uid).putNull("reference_id");
    log.put("company_id", company.hex()).put("clid_raw", CUSTOMER).put("clid", "0000000001");
    log.put("rdnis", "unknown").put("call_state", "5").put("event", "1").putNull("status");
    log.putArray("users").add(USER);
    log.put("created", created).put("call_time", created);
    return log.putNull("public_ivr_id").putNull("client_ref_id").putNull("job_id");
  }

  private static ObjectNode afterCall(CompanyId company, String uid, Instant now) {
    var log = JsonNodeFactory.instance.objectNode();
    long end = now.getEpochSecond();
    long start = end - CALL_SECONDS;
    log.put("_ai", logId(now)).put("_so", "1").put("_ci", company.hex());
    log.put("_cr", "0000000001").put("_cm", "").put("_cl", "+" + CUSTOMER).put("_cy", "91");
    log.put("_se", "").put("_ts", end).put("_st", start).put("_ms", start * 1_000);
    log.put("_ss", start % SECONDS_OF_DAY).put("_et", end).put("_dr", "00:00:39");
    log.put("_drm", 0.65).put("_ty", 1).put("_ev", 1).put("_fn", "").put("_fu", "");
    log.put("_ns", "0").put("_su", 1).put("_dn", "test").put("_di", "");
    log.putArray("_pm").addObject().put("ky", "ui").put("vl", uid);
    log.putArray("_cn");
    log.putArray("_ld");
    log.put("_an", 0).putArray("_bp");
    log.putArray("_us");
    log.putArray("_tc");
    return log.put("_ri", "").put("_ji", "").put("_ivid", "").put("_cri", "");
  }

  /** As the vendor makes them: seconds, then eight digits of its own. */
  private static String logId(Instant now) {
    return String.format("%08x%08x", now.getEpochSecond(), now.getNano());
  }
}
