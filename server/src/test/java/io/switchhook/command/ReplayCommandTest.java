package io.switchhook.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReplayCommandTest {
  private static final String COMPANY = "/api/v1/companies/default";
  private static final String REPLAYS = COMPANY + "/webhooks/wh_1/replays";
  private static final String ONE = COMPANY + "/replays/rp_1";

  private final Shell shell = new Shell().with("SWITCHHOOK_KEY", "a-key-for-tests");
  private final FakeApi api = new FakeApi();

  ReplayCommandTest() throws IOException {}

  @AfterEach
  void stop() {
    api.close();
  }

  private int run(String... arguments) {
    var all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--url";
    all[arguments.length + 1] = api.url();
    return shell.run(all);
  }

  private void counts(int total) {
    api.on(
        "POST " + REPLAYS + "?dry_run=true", 200, "{\"webhook\":\"wh_1\",\"total\":" + total + "}");
  }

  private static String replay(String state, int done) {
    return """
        {"id":"rp_1","webhook":"wh_1","uid":null,"from":"2026-11-22T00:00:00Z","to":null,"only":"failed",
         "state":"%s","reason":null,"done":%d,"total":1200,"requested_at":"2026-11-22T10:35:14.003Z",
         "finished_at":null}
        """
        .formatted(state, done);
  }

  @Test
  void dryRunCountsAndStartsNothing() {
    counts(1_200);
    assertThat(run("replay", "start", "wh_1", "--from", "2h", "--dry-run")).isZero();
    assertThat(shell.out()).isEqualTo("1,200 events would be told again. Nothing was started.\n");
    assertThat(api.asked()).hasSize(1);
    assertThat(api.asked().getFirst().body()).isEqualTo("{\"from\":\"2026-11-22T08:40:00Z\"}");
  }

  @Test
  void startSaysWhatItTellsAndHowToLookAtIt() {
    counts(1_200);
    api.on("POST " + REPLAYS, 202, replay("running", 0));
    assertThat(run("replay", "start", "wh_1", "--uid", "n2.7", "--only", "failed")).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            Replay rp_1 tells 1,200 events again.
            How far it is: switchhook replay show rp_1
            """);
    assertThat(api.asked().getLast().body()).isEqualTo("{\"only\":\"failed\",\"uid\":\"n2.7\"}");
  }

  @Test
  void personAtTerminalIsShownTheCountAndAsked() {
    counts(1);
    api.on("POST " + REPLAYS, 202, replay("running", 0));
    shell.interactive();
    assertThat(run("replay", "start", "wh_1", "--from", "2h")).isEqualTo(1);
    assertThat(shell.err()).isEqualTo("1 event would be told again. Start? [y/N] ");
    assertThat(api.asked()).hasSize(1);

    shell.typing("y\n");
    assertThat(run("replay", "start", "wh_1", "--from", "2h")).isZero();
    assertThat(api.asked()).hasSize(3);

    shell.typing("");
    assertThat(run("replay", "start", "wh_1", "--from", "2h", "--yes")).isZero();
    assertThat(api.asked()).hasSize(5);
  }

  @Test
  void nothingToTellIsNoFailureAndStartsNothing() {
    counts(0);
    assertThat(run("replay", "start", "wh_1", "--from", "2h")).isZero();
    assertThat(shell.out()).isEqualTo("There is nothing to tell again.\n");
    assertThat(api.asked()).hasSize(1);
  }

  @Test
  void whatIsGoneIsSaidBeforeItStarts() {
    api.on(
        "POST " + REPLAYS + "?dry_run=true",
        200,
        "{\"webhook\":\"wh_1\",\"total\":7,\"kept_from\":\"2026-10-23T00:00:01Z\"}");
    assertThat(run("replay", "start", "wh_1", "--from", "2026-01-01", "--dry-run")).isZero();
    assertThat(shell.out())
        .startsWith("7 events would be told again. Nothing is kept from before 2026-10-23 ")
        .endsWith(". Nothing was started.\n");
  }

  @Test
  void showTellsWhatWasDroppedMeanwhile() {
    api.on(
        "GET " + ONE,
        200,
        replay("done", 1_190)
            .replace("\"total\":1200", "\"total\":1200,\"gone\":10,\"kept_from\":null"));
    assertThat(run("replay", "show", "rp_1")).isZero();
    assertThat(shell.out()).contains("gone          10 events: dropped by retention meanwhile\n");
  }

  @Test
  void followShowsProgressUntilItIsOver() {
    counts(1_200);
    api.on("POST " + REPLAYS, 202, replay("running", 0));
    api.on("GET " + ONE, 200, replay("running", 300)).on("GET " + ONE, 200, replay("done", 1_200));
    shell.interactive();
    assertThat(run("replay", "start", "wh_1", "--from", "2h", "--yes", "--follow")).isZero();
    assertThat(shell.err()).contains("Replay rp_1: 300 of 1,200 events (25 %)");
    assertThat(shell.out()).isEqualTo("Replay rp_1 is done: 1,200 of 1,200 events (100 %).\n");
  }

  @Test
  void showTellsHowFarItIs() throws IOException {
    api.on("GET " + ONE, 200, replay("running", 301));
    assertThat(run("replay", "show", "rp_1")).isZero();
    Golden.check("replay-show.txt", shell.out());
  }

  @Test
  void listIsTable() throws IOException {
    var cancelled =
        """
        {"id":"rp_2","webhook":"wh_1","uid":"n2.7","from":null,"to":null,"only":"all","state":"cancelled",
         "reason":"cancelled by hand","done":2,"total":4,"requested_at":"2026-11-21T10:35:14.003Z",
         "finished_at":"2026-11-21T10:36:14.003Z"}
        """;
    api.on("GET " + REPLAYS, 200, "{\"replays\":[" + replay("running", 3) + "," + cancelled + "]}");
    assertThat(run("replay", "list", "wh_1")).isZero();
    Golden.check("replay-list.txt", shell.out());
  }

  @Test
  void cancelShowsWhatWasTold() {
    api.on("DELETE " + ONE, 200, replay("cancelled", 7));
    assertThat(run("replay", "cancel", "rp_1")).isZero();
    assertThat(shell.out()).startsWith("Replay rp_1 is cancelled\n").contains("7 of 1,200 events");
  }

  @Test
  void refusalIsTheServersWords() {
    api.on(
        "POST " + REPLAYS + "?dry_run=true",
        422,
        """
        {"title":"Not allowed","status":422,"detail":"from must be before to; nothing was started.",
         "errors":[{"field":"from","problem":"must be before to"}]}
        """);
    assertThat(run("replay", "start", "wh_1", "--from", "1h", "--to", "2h")).isEqualTo(1);
    assertThat(shell.err()).contains("from: must be before to");
  }
}
