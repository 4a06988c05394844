package io.switchhook.admin;

import com.fasterxml.jackson.core.JsonFactory;
import io.switchhook.calllog.CallLog;
import io.switchhook.company.Company;
import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.journal.Append;
import io.switchhook.journal.Journal;
import io.switchhook.journal.NewRecord;
import io.switchhook.telemetry.ApiMetrics;
import io.switchhook.telemetry.ApiMetrics.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes call logs: checked, then durable, then answered. */
final class EventRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(EventRoutes.class);
  private static final String DISK_FULL_RETRY_SECONDS = "30";
  private static final String BUSY_RETRY_SECONDS = "1";
  private static final String RETRY_SECONDS = "5";
  private static final String SEND_AGAIN =
      "Send the same request again; what was kept is answered as a duplicate.";

  private static final JsonFactory JSON = new JsonFactory();

  /** What one accepted log takes in an answer. */
  private static final int JSON_BYTES_USUAL = 128;

  private final Journal journal;
  private final ApiMetrics metrics;
  private final InstantSource clock;

  EventRoutes(Journal journal, ApiMetrics metrics, InstantSource clock) {
    this.journal = journal;
    this.metrics = metrics;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            HttpMethod.POST,
            Route.COMPANY + "/events",
            Route.Access.COMPANY,
            Route.Intake.LOGS,
            this::send));
  }

  private CompletionStage<Answer> send(ApiRequest request) {
    var dress =
        ContentTypes.isLines(request.headers()) ? LogsReader.Dress.LINES : LogsReader.Dress.JSON;
    return switch (LogsReader.read(request.body(), dress)) {
      case LogsReader.Read.Refused(var problem) -> {
        metrics.refused(
            problem.type() == ProblemType.TOO_LARGE ? Refusal.TOO_LARGE : Refusal.MALFORMED);
        yield Answer.problem(problem).now();
      }
      case LogsReader.Read.Logs(var logs) -> append(request.company(), logs);
    };
  }

  private CompletionStage<Answer> append(Company company, List<CallLog> logs) {
    var now = clock.instant();
    var batch = logs.stream().map(log -> recordOf(company, log, now)).toList();
    // Written where the request came from: the journal's writer has others waiting for it.
    var eventLoop = Objects.requireNonNull(Vertx.currentContext(), "requests have an event loop");
    return journal
        .append(batch)
        .handleAsync(this::answer, work -> eventLoop.runOnContext(_ -> work.run()));
  }

  private static NewRecord recordOf(Company company, CallLog log, Instant now) {
    var kind =
        switch (log.kind()) {
          case IN_CALL -> Kind.IN_CALL;
          case AFTER_CALL -> Kind.AFTER_CALL;
          case DISPOSITION -> Kind.DISPOSITION;
        };
    return new NewRecord(
        new CallId(company.id(), log.uid()),
        kind,
        0,
        LogTime.of(log).orElse(now),
        Identity.ofContent(log.canonicalContent()),
        Bytes.wrap(log.bytes()));
  }

  private Answer answer(@Nullable Append append, @Nullable Throwable failure) {
    if (append == null) {
      metrics.refused(Refusal.FAILED);
      LOG.atError().setCause(failure).log("events.append_failed");
      return Answer.problem(
              ProblemType.UNAVAILABLE,
              "The journal failed, and it is not known whether the logs were kept. " + SEND_AGAIN)
          .with("Retry-After", RETRY_SECONDS);
    }
    return switch (append) {
      case Append.Kept(var entries) -> accepted(entries);
      case Append.DiskFull(long free, long minimum) -> {
        metrics.refused(Refusal.DISK_FULL);
        yield Answer.problem(
                ProblemType.DISK_FULL,
                "Nothing of this request was kept: "
                    + megabytes(free)
                    + " are free on the disk of the data folder, and data.minimum-free asks for "
                    + megabytes(minimum)
                    + ". Make room there; what was accepted before is still told.")
            .with("Retry-After", DISK_FULL_RETRY_SECONDS);
      }
      case Append.Busy _ -> {
        metrics.refused(Refusal.BUSY);
        yield Answer.problem(
                ProblemType.UNAVAILABLE,
                "Nothing of this request was kept: more comes than the disk can write. "
                    + SEND_AGAIN)
            .with("Retry-After", BUSY_RETRY_SECONDS);
      }
      case Append.Closing _ -> {
        metrics.refused(Refusal.CLOSING);
        yield Answer.problem(ProblemType.UNAVAILABLE, "The server is stopping. " + SEND_AGAIN)
            .with("Retry-After", RETRY_SECONDS);
      }
    };
  }

  private Answer accepted(List<Append.Entry> entries) {
    for (var entry : entries) {
      if (entry.duplicate()) {
        metrics.duplicate();
      } else {
        metrics.taken(entry.record().kind());
      }
    }
    return new Answer(202, Answer.JSON, Map.of(), Bytes.wrap(json(entries)));
  }

  private static byte[] json(List<Append.Entry> entries) {
    var written = new ByteArrayOutputStream(JSON_BYTES_USUAL * (entries.size() + 1));
    try (var json = JSON.createGenerator(written)) {
      json.writeStartObject();
      json.writeArrayFieldStart("accepted");
      for (var entry : entries) {
        var event = entry.record();
        json.writeStartObject();
        json.writeStringField("id", event.eventId());
        json.writeStringField("uid", event.call().uid());
        json.writeNumberField("sequence", event.sequence());
        json.writeBooleanField("duplicate", entry.duplicate());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return written.toByteArray();
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1_048_576.0);
  }
}
