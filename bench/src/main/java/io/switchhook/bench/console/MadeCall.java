package io.switchhook.bench.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A made up call, named by its number in a row of them: it comes in, rings at somebody, and ends.
 */
record MadeCall(int number) {
  /** How many logs a call has. */
  static final int EVENTS = 3;

  private static final int USERS = 40;
  private static final int SCATTER = 7_919_317;
  private static final int NUMBERS = 100_000_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  String uid() {
    return "n2." + (1_795_000_000L + number) + "." + number % 10;
  }

  /** The customer's number with its country code: scattered, so that ends of it are rare. */
  String customer() {
    return String.format(Locale.ROOT, "9197%08d", (long) number * SCATTER % NUMBERS);
  }

  /** Each of forty people takes one of forty calls. */
  String user() {
    return String.format(Locale.ROOT, "9185868485%02d", number % USERS);
  }

  /** One call of three is about an order; {@code ""} for the others. */
  String reference() {
    return number % 3 == 0 ? String.format(Locale.ROOT, "order-%07d", number) : "";
  }

  private boolean isMissed() {
    return number % 5 == 0;
  }

  /** All its logs, one a line. */
  String logs(Instant now) {
    var users = "\"" + user() + "\"";
    return log(now, 1, "null", "")
        + log(now, 5, "null", users)
        + (isMissed() ? log(now, 9, "\"2\"", users) : log(now, 2, "\"1\"", users));
  }

  private String log(Instant now, int state, String status, String users) {
    var time = TIME.format(now);
    return String.format(
        Locale.ROOT,
        "{\"id\":\"%08x%08x\",\"uid\":\"%s\",\"reference_id\":null,\"company_id\":\"5cd40f6554442586\","
            + "\"clid_raw\":\"%s\",\"clid\":\"%s\",\"rdnis\":\"9000000001\",\"call_state\":\"%d\","
            + "\"event\":\"1\",\"status\":%s,\"users\":[%s],\"created\":\"%s\",\"call_time\":\"%s\","
            + "\"public_ivr_id\":\"5ee9a795b318a786\",\"client_ref_id\":%s,\"job_id\":null}%n",
        number,
        state,
        uid(),
        customer(),
        customer().substring(2),
        state,
        status,
        users,
        time,
        time,
        reference().isEmpty() ? "null" : "\"" + reference() + "\"");
  }
}
