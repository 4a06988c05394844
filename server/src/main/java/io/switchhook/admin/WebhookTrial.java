package io.switchhook.admin;

import io.switchhook.company.WebhookJson;
import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.journal.JournalRecord;
import io.switchhook.target.Outcome;
import io.switchhook.target.OutgoingRequest;
import io.switchhook.target.RequestComposer;
import io.switchhook.target.Target;
import io.switchhook.target.Telling;
import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.RequestShape.Header;
import io.switchhook.webhook.Trigger;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Tries a webhook: sends it one sample call log, past every lane. May be used from any thread;
 * nothing here blocks.
 */
public final class WebhookTrial {
  private static final Set<String> SECRET_ANSWER_HEADERS =
      Set.of("set-cookie", "authorization", "www-authenticate", "proxy-authenticate");

  private final Target target;
  private final RequestComposer composer;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** Trials of the installation that is made of these. */
  public WebhookTrial(HttpApi.Parts parts) {
    this.target = parts.target();
    this.composer = parts.composer();
    this.clock = parts.clock();
    this.random = parts.random();
  }

  /**
   * What went out and what came of it; secrets stand in both in clear.
   *
   * @param shape by which the request was composed
   */
  public record Tried(RequestShape shape, OutgoingRequest request, Outcome outcome) {
    /** The answer's headers, the values of those that carry secrets masked. */
    public static List<Header> masked(Outcome.Answer answer) {
      return answer.headers().stream()
          .map(
              header ->
                  SECRET_ANSWER_HEADERS.contains(header.name().toLowerCase(Locale.ROOT))
                      ? new Header(header.name(), WebhookJson.MARK)
                      : header)
          .toList();
    }
  }

  /**
   * The request that would tell a sample of such a call log.
   *
   * @throws IllegalArgumentException when it cannot be composed
   */
  public OutgoingRequest sample(CompanyId company, Trigger trigger, RequestShape shape) {
    var telling = new Telling(event(company, trigger), 0, 0, 1, Telling.Mark.TEST);
    return composer.compose(shape, telling, clock.instant());
  }

  /**
   * Sends a sample of such a call log.
   *
   * @throws IllegalArgumentException when its request cannot be composed
   */
  public CompletionStage<Tried> send(CompanyId company, Trigger trigger, RequestShape shape) {
    var request = sample(company, trigger, shape);
    var tried = new CompletableFuture<Tried>();
    target.attempt(request, outcome -> tried.complete(new Tried(shape, request, outcome)));
    return tried;
  }

  private JournalRecord event(CompanyId company, Trigger trigger) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var uid =
        String.format(Locale.ROOT, "test.%d.%06d", now.getEpochSecond(), random.nextInt(1_000_000));
    var body = Bytes.utf8(SampleLogs.of(trigger, company, uid, now).toString());
    return new JournalRecord(
        0,
        0,
        new CallId(company, uid),
        trigger.kind(),
        0,
        now,
        now,
        Identity.ofContent(body.array()),
        1,
        body);
  }
}
