package io.switchhook.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.company.Companies;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.Identity;
import io.switchhook.event.Kind;
import io.switchhook.event.WebhookId;
import io.switchhook.history.CallFacts;
import io.switchhook.history.Change;
import io.switchhook.history.EventRef;
import io.switchhook.live.LiveFeed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET …/live}. */
class LiveTest {
  private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path folder;
  private RunningApi api;
  private CompanyId company;

  @BeforeEach
  void start() {
    api = new RunningApi(folder);
    company = api.companies.find(Companies.DEFAULT_NAME).orElseThrow().id();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void callsAndDeliveriesAreToldAsTheyHappen() throws IOException {
    try (var reader = new Reader("")) {
      reader.id();

      api.live.written(List.of(heard(company, "c1", 1), delivered("c1", 1)));

      assertThat(reader.next())
          .startsWith("event: call\ndata: {\"event_id\":\"evt_")
          .contains("\"uid\":\"c1\"", "\"state\":5", "\"users\":[\"9190\"]");
      assertThat(reader.next())
          .startsWith("event: delivery\n")
          .contains("\"webhook\":\"wh_1\"", "\"outcome\":\"delivered\"");
    }
  }

  @Test
  void whatHappenedWhileTheConnectionWasLostIsTold() throws IOException {
    String id;
    try (var reader = new Reader("")) {
      reader.id();
      api.live.written(List.of(heard(company, "c1", 1)));
      assertThat(reader.next()).contains("\"c1\"");
      id = reader.id();
    }
    api.live.written(List.of(heard(company, "c2", 1)));
    api.live.written(List.of(heard(company, "c3", 1)));

    try (var reader = new Reader(id)) {
      assertThat(reader.id()).isEqualTo(id);
      assertThat(reader.next()).contains("\"c2\"");
      assertThat(reader.next()).contains("\"c3\"");
    }
  }

  @Test
  void whoComesBackTooLateIsToldThatSomethingIsMissing() throws IOException {
    var id = api.live.text(api.live.end());
    for (int number = 0; number <= LiveFeed.KEPT_MAX; number++) {
      api.live.written(List.of(heard(company, "c" + number, 1)));
    }
    try (var reader = new Reader(id)) {
      assertThat(reader.next()).startsWith("event: gap\n");
    }
    try (var reader = new Reader("another-1")) {
      assertThat(reader.next()).startsWith("event: gap\n");
    }
  }

  @Test
  void otherCompaniesAreNotSeen() throws IOException {
    try (var reader = new Reader("")) {
      reader.id();

      api.live.written(List.of(heard(CompanyId.ofBits(7), "theirs", 1), heard(company, "ours", 1)));

      assertThat(reader.next()).contains("\"ours\"");
    }
  }

  @Test
  void whoReadsNothingIsCutOff() throws IOException {
    try (var reader = new Reader("")) {
      reader.id();
      // More than the sockets of both sides take, and more than is kept.
      for (int round = 0; round < 40; round++) {
        var changes = new ArrayList<Change>();
        for (int number = 0; number < 1_000; number++) {
          changes.add(heard(company, "c" + "x".repeat(180), round * 1_000 + number + 1));
        }
        api.live.written(changes);
      }

      assertThat(reader.countToEnd()).isLessThan(40_000);
    }
  }

  private static EventRef event(CompanyId company, String uid, int sequence) {
    return new EventRef(
        new CallId(company, uid), 0, sequence, sequence, Kind.IN_CALL, AT, Identity.ofName(uid));
  }

  private static Change heard(CompanyId company, String uid, int sequence) {
    return new Change.Heard(
        event(company, uid, sequence),
        new CallFacts(5, 1, null, "97", "9197", null, List.of("9190"), List.of()));
  }

  private Change delivered(String uid, int sequence) {
    return new Change.Attempted(
        event(company, uid, sequence),
        new WebhookId("wh_1"),
        /* delivered= */ true,
        AT,
        null,
        null);
  }

  /** A reader that reads when it is asked to. */
  private final class Reader implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;

    Reader(String lastId) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
      socket.setSoTimeout(20_000);
      var last = lastId.isEmpty() ? "" : "Last-Event-ID: " + lastId + "\r\n";
      socket
          .getOutputStream()
          .write(
              ("GET /api/v1/companies/default/live HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                      + api.adminKey
                      + "\r\n"
                      + last
                      + "\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The next event with a name. */
    String next() throws IOException {
      return read("event: ");
    }

    /** The next id. */
    String id() throws IOException {
      return read("id: ").lines().findFirst().orElseThrow().substring("id: ".length());
    }

    /** The block that has a line which begins so; sizes of chunks stand between blocks. */
    private String read(String beginning) throws IOException {
      var block = new StringBuilder();
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(beginning) || (!block.isEmpty() && !line.isEmpty())) {
          block.append(line).append('\n');
        } else if (!block.isEmpty()) {
          return block.toString();
        }
      }
      throw new AssertionError("the stream ended before " + beginning);
    }

    /** How many events come before the server cuts the connection. */
    int countToEnd() {
      int count = 0;
      try {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
          count += line.startsWith("event: call") ? 1 : 0;
        }
      } catch (IOException e) {
        // Cut off.
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
