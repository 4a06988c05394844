package io.switchhook.bench.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.switchhook.bench.retention.FillJournal;
import io.switchhook.bench.retention.Receivers;
import io.switchhook.bench.retention.Receivers.Answer;
import io.switchhook.command.client.Api;
import java.io.IOException;
import java.time.Duration;

/**
 * Calls of a company of their own that wait for an hour, beside what is measured: their receivers
 * refuse them. The ledger does not know of them.
 */
public final class ParkedLanes implements AutoCloseable {
  /** With these settings of the server such a call waits, and is not given up. */
  public static final String SETTINGS =
      "delivery: {retry-schedule: [1h, 1h], time-to-live: {in-call: 72h}}";

  /** Half of what a webhook may have. */
  private static final int OF_A_WEBHOOK = 5_000;

  private static final int BATCH = 1_000;
  private static final String COMPANY = "parked";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Receivers receivers;

  private ParkedLanes(Receivers receivers) {
    this.receivers = receivers;
  }

  /**
   * Makes at least so many; none when none are wanted.
   *
   * @throws IllegalStateException when they are not there within five minutes
   */
  public static ParkedLanes make(Rig rig, long lanes) throws IOException {
    var receivers = new Receivers();
    try (var api = rig.api()) {
      if (lanes > 0) {
        make(api, receivers, lanes);
        await(rig, receivers, lanes);
      }
      return new ParkedLanes(receivers);
    } catch (RuntimeException e) {
      receivers.close();
      throw e;
    }
  }

  private static void make(Api api, Receivers receivers, long lanes) {
    var webhooks = Math.ceilDiv(lanes, OF_A_WEBHOOK);
    api.post(Api.path("companies"), JsonNodeFactory.instance.objectNode().put("name", COMPANY));
    for (var webhook = 0; webhook < webhooks; webhook++) {
      var json = JsonNodeFactory.instance.objectNode();
      json.put("name", "refused " + webhook).put("trigger", "in_call");
      json.put("target_url", receivers.url(Answer.REFUSING));
      api.post(Api.path("companies", COMPANY, "webhooks"), json);
    }
    var calls = Math.ceilDiv(lanes, webhooks);
    for (long first = 0; first < calls; first += BATCH) {
      var logs = new StringBuilder();
      for (var call = first; call < Math.min(calls, first + BATCH); call++) {
        logs.append(FillJournal.log("parked." + call, 0));
      }
      var answer =
          api.tryPost(Api.path("companies", COMPANY, "events"), logs.toString(), Api.NDJSON);
      if (!answer.isSuccess()) {
        throw new IllegalStateException("calls are refused: " + api.reason(answer));
      }
    }
  }

  /** A lane is counted before its first attempt: only what was refused is parked. */
  private static void await(Rig rig, Receivers receivers, long lanes) {
    if (!rig.await(() -> receivers.answered(Answer.REFUSING) >= lanes, PATIENCE)) {
      throw new IllegalStateException(
          "after %d s only %d lanes are parked"
              .formatted(PATIENCE.toSeconds(), receivers.answered(Answer.REFUSING)));
    }
  }

  /** Their receivers refuse nothing more. */
  @Override
  public void close() {
    receivers.close();
  }
}
