package io.switchhook.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.PartitionList;
import io.switchhook.journal.Append;
import io.switchhook.journal.JournalSettings;
import io.switchhook.journal.NewRecord;
import io.switchhook.journal.sqlite.SqliteJournal;
import io.switchhook.journal.sqlite.SqliteJournalSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server that was down for long: what is too old goes, and is given up before. */
class RetentionServerTest {
  private static final String COMPANY = "/api/v1/companies/default";

  /** So many that most of them are never read for a webhook whose receiver is down. */
  private static final int CALLS = 300;

  private static final Duration KEPT = Duration.ofDays(2);

  @TempDir Path folder;
  private final Instant started = Instant.now();

  @Test
  void dayThatIsTooOldIsGivenUpAndDeletedAndTheOthersAreStillTold() throws IOException {
    try (var server = new RunningServer(folder, List.of(Duration.ofHours(1)), KEPT)) {
      server.done("POST", COMPANY + "/webhooks", webhook(closedPort()));
      var company = server.get(COMPANY).path("company_id").asText();
      server.restart(RunningServer.MINIMUM_FREE_BYTES, () -> appendOldDays(new CompanyId(company)));

      server.getUntil(
          COMPANY + "/webhooks",
          webhooks ->
              webhooks.at("/webhooks/0/backlog").asInt() == CALLS
                  && metrics(server).contains("switchhook_journal_segments_dropped_total 1.0"));
      var webhooks =
          server.getUntil(
              COMPANY + "/webhooks",
              all -> all.at("/webhooks/0/given_up/retention").asInt() == CALLS);
      assertThat(webhooks.at("/webhooks/0/given_up")).hasSize(1);
      assertThat(metrics(server))
          .contains("switchhook_delivery_given_up_total{reason=\"retention\"} " + CALLS + ".0");
      server.restart(RunningServer.MINIMUM_FREE_BYTES);
      assertThat(server.get(COMPANY + "/webhooks").at("/webhooks/0/given_up/retention").asInt())
          .isEqualTo(CALLS);
      assertThat(server.send("GET", COMPANY + "/calls/old.3", "").statusCode()).isEqualTo(404);
      assertThat(server.send("GET", COMPANY + "/calls/old.3", "").body())
          .contains("The oldest event that is kept was accepted at ");
      assertThat(
              server.get(COMPANY + "/calls/kept.3").at("/events/0/deliveries/0/outcome").asText())
          .isIn("pending", "failed");
    }
    try (var days = Files.list(folder.resolve("journal"))) {
      assertThat(days.filter(file -> file.toString().endsWith(".db"))).hasSize(1);
    }
  }

  private static String metrics(RunningServer server) {
    return server.send("GET", "/metrics", "").body();
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String webhook(int port) {
    return """
        {"name": "CRM", "trigger": "in_call", "target_url": "http://127.0.0.1:%d/", "time_to_live_seconds": %d}
        """
        .formatted(port, Duration.ofDays(30).toSeconds());
  }

  /** What a server has kept that ran four days ago and yesterday. */
  private void appendOldDays(CompanyId company) {
    var now = new AtomicReference<>(started.minus(KEPT.plusDays(2)));
    try (var journal =
        SqliteJournal.open(
            new SqliteJournalSettings(
                folder.resolve("journal"),
                JournalSettings.of(PartitionList::forNewCompany, now::get),
                () -> Long.MAX_VALUE,
                0,
                failure -> {
                  throw new AssertionError(failure);
                }))) {
      append(journal, company, "old.", now.get());
      now.set(started.minus(Duration.ofDays(1)));
      append(journal, company, "kept.", now.get());
    }
  }

  private static void append(SqliteJournal journal, CompanyId company, String uids, Instant at) {
    var logs =
        IntStream.range(0, CALLS)
            .mapToObj(
                i ->
                    new NewRecord(
                        new CallId(company, uids + i),
                        Kind.IN_CALL,
                        0,
                        at,
                        Identity.ofName(uids + i),
                        Bytes.utf8("{\"uid\":\"%s%d\",\"call_state\":\"5\"}".formatted(uids, i))))
            .toList();
    assertThat(journal.append(logs).toCompletableFuture().join()).isInstanceOf(Append.Kept.class);
  }
}
