package io.switchhook.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClientCommandsTest {
  private static final String COMPANY = "/api/v1/companies/default";

  @TempDir Path folder;

  private final Shell shell = new Shell().with("SWITCHHOOK_KEY", "a-key-for-tests");
  private FakeApi api;

  ClientCommandsTest() throws IOException {
    api = new FakeApi();
  }

  @BeforeEach
  void webhooks() {
    api.on(
        "GET " + COMPANY + "/webhooks",
        200,
        """
        {"webhooks":[
          {"id":"wh_1","name":"CRM screen pop","trigger":"in_call","target_url":"https://crm.example.com/hook",
           "method":"POST","state":"enabled","breaker":"half_open","detached":true,"backlog":3,
           "last_failure":{"at":"2026-11-22T10:35:14.003Z","attempt":2,"status":503,"words":"503 from crm.example.com"}},
          {"id":"wh_2","name":"Billing","trigger":"after_call","target_url":"https://billing.example.com/calls?x=1",
           "method":"GET","state":"disabled","disabled_reason":"the receiver answered 410","backlog":0,
           "last_failure":null}]}
        """);
  }

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

  @Test
  void callsAreTableInLocalTime() throws IOException {
    api.on(
        "GET " + COMPANY + "/calls",
        200,
        """
        {"calls":[
          {"uid":"n2.1596270949.2175190","started_at":"2026-11-22T10:35:14.003Z","events":4,"state":2,"direction":1,
           "status":"1","clid":"9711636496","clid_raw":"919711636496","users":["918586848501"]},
          {"uid":"n2.7","started_at":"2026-11-22T10:30:00Z","events":1,"state":3,"direction":2,
           "status":null,"clid":null,"clid_raw":null,"users":[]}],
         "next":null}
        """);
    assertThat(run("calls", "list", "--state", "2", "--number", "6496", "--from", "2h")).isZero();
    Golden.check("calls-list.txt", shell.out());
    assertThat(api.asked().getFirst().line())
        .contains("state=2", "number=6496", "from=2026-11-22T08%3A40%3A00Z");
  }

  @Test
  void listGoesOnWithTheNextPageUntilItsLimit() {
    var calls = "GET " + COMPANY + "/calls";
    var page = "{\"calls\":[{\"uid\":\"a\"},{\"uid\":\"b\"}],\"next\":\"more\"}";
    api.on(calls, 200, page).on(calls, 200, page);
    assertThat(run("calls", "list", "--limit", "3")).isZero();
    assertThat(shell.out().lines()).hasSize(5);
    assertThat(shell.out()).endsWith("There are more: --limit shows them.\n");
    assertThat(api.asked().getLast().line()).contains("cursor=more");
  }

  @Test
  void channelsAreTableWithReasons() throws IOException {
    api.on(
        "GET " + COMPANY + "/sources/office/channels",
        200,
        """
        {"channels":[
          {"at":"2026-11-22T10:35:14.003Z","name":"PJSIP/fax-00000002","id":"1795343714.2","understood":"ignored",
           "why":"neither a user's channel nor a trunk's"},
          {"at":"2026-11-22T10:35:12Z","name":"PJSIP/carrier-00000001","id":"1795343712.1","understood":"trunk",
           "why":"a trunk"}],
         "ignored":[{"why":"neither a user's channel nor a trunk's","count":12}]}
        """);
    assertThat(run("sources", "channels", "office")).isZero();
    Golden.check("sources-channels.txt", shell.out());
  }

  @Test
  void storyOfCallIsTimeline() throws IOException {
    api.on("GET " + COMPANY + "/calls/n2.1", 200, resource("story.json"));
    assertThat(run("calls", "show", "n2.1")).isZero();
    Golden.check("calls-show.txt", shell.out());
  }

  @Test
  void storyIsColouredOnlyWhereSomebodyWatches() throws IOException {
    api.on("GET " + COMPANY + "/calls/n2.1", 200, resource("story.json"));
    run("calls", "show", "n2.1");
    var plain = shell.out();
    assertThat(plain).doesNotContain("\u001b");

    shell.interactive();
    run("calls", "show", "n2.1");
    assertThat(shell.out()).contains("\u001b[");
    assertThat(shell.out().replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);

    shell.with("NO_COLOR", "1");
    run("calls", "show", "n2.1");
    assertThat(shell.out()).isEqualTo(plain);
  }

  @Test
  void whatComesFromOutsideCannotSteerTheTerminal() {
    api.on(
        "GET " + COMPANY + "/calls",
        200,
        "{\"calls\":[{\"uid\":\"x\\u001b[2J\\u0007\\n\\u202e\\u009b31m\",\"events\":1}],\"next\":null}");
    run("calls", "list");
    assertThat(shell.out()).contains("x·[2J····31m");
    assertThat(shell.out().chars().filter(c -> c != '\n' && Character.isISOControl(c))).isEmpty();
  }

  @Test
  void callThatIsUnknownIsRefusal() {
    assertThat(run("calls", "show", "n2.404")).isEqualTo(1);
    assertThat(shell.err()).isEqualTo("There is no such thing.\n");
  }

  @Test
  void uidIsEncodedInThePath() {
    run("calls", "show", "a/b c?d");
    assertThat(api.asked().getFirst().line()).isEqualTo("GET " + COMPANY + "/calls/a%2Fb%20c%3Fd");
  }

  @Test
  void deliveriesAreTableInWords() throws IOException {
    api.on("GET " + COMPANY + "/deliveries", 200, resource("deliveries.json"));
    assertThat(run("deliveries", "list", "--outcome", "failed")).isZero();
    Golden.check("deliveries-list.txt", shell.out());
    assertThat(api.asked().getFirst().line()).contains("outcome=failed");
  }

  @Test
  void webhooksAreTableWithTheReasonOfBeingDisabled() throws IOException {
    assertThat(run("webhook", "list")).isZero();
    Golden.check("webhook-list.txt", shell.out());
  }

  @Test
  void webhookIsAddedFromFileAndItsSecretShownOnce() throws IOException {
    api.on(
        "POST " + COMPANY + "/webhooks",
        201,
        "{\"id\":\"wh_3\",\"trigger\":\"in_call\",\"target_url\":\"https://x.example/\",\"signing\":{\"secret\":\"whsec_abc\"}}");
    var file = Files.writeString(folder.resolve("hook.json"), "{\"trigger\": \"in_call\"}");
    assertThat(run("webhook", "add", file.toString())).isZero();
    assertThat(shell.out())
        .isEqualTo("Webhook wh_3 is there: in-call events go to https://x.example/\nwhsec_abc\n");
    assertThat(api.asked().getFirst().body()).isEqualTo("{\"trigger\":\"in_call\"}");
  }

  @Test
  void mistakesInWebhookAreToldFieldByField() {
    api.on(
        "POST " + COMPANY + "/webhooks",
        422,
        """
        {"title":"Not allowed","status":422,"detail":"The webhook was not added.",
         "errors":[{"field":"target_url","problem":"10.0.0.1 is not public; see targets.allowed-networks"},
                   {"field":"","problem":"unknown field colour"}]}
        """);
    shell.typing("{\"colour\": \"red\"}");
    assertThat(run("webhook", "add", "-")).isEqualTo(1);
    assertThat(shell.err())
        .isEqualTo(
            """
            The webhook was not added.
              target_url: 10.0.0.1 is not public; see targets.allowed-networks
              unknown field colour
            """);
  }

  @Test
  void fileThatIsNoJsonIsRefusedWithItsPlace() throws IOException {
    var file = Files.writeString(folder.resolve("hook.json"), "{\n  trigger: 1}");
    assertThat(run("webhook", "add", file.toString())).isEqualTo(1);
    assertThat(shell.err()).contains("is not JSON: line 2, column 3");
    assertThat(run("webhook", "add", folder.resolve("none.json").toString())).isEqualTo(1);
    assertThat(shell.err()).contains("There is no file");
  }

  @Test
  void updateSendsTheRevisionThatItSaw() throws IOException {
    api.on("GET " + COMPANY + "/webhooks/wh_1", 200, "{\"id\":\"wh_1\"}");
    api.on("PUT " + COMPANY + "/webhooks/wh_1", 200, "{\"id\":\"wh_1\"}");
    var file = Files.writeString(folder.resolve("hook.json"), "{}");
    assertThat(run("webhook", "update", "wh_1", file.toString())).isZero();
    assertThat(api.asked().getLast().ifMatch()).isEqualTo("\"7\"");
  }

  @Test
  void testOfWebhookShowsRequestAndAnswerAndFailsWithIt() throws IOException {
    api.on("POST " + COMPANY + "/webhooks/wh_1/test", 200, resource("test-refused.json"));
    assertThat(run("webhook", "test", "wh_1")).isEqualTo(1);
    Golden.check("webhook-test.txt", shell.out());
  }

  @Test
  void keyIsPrintedAloneSoThatScriptsCanTakeIt() {
    api.on("POST " + COMPANY + "/keys", 201, "{\"id\":\"k1\",\"key\":\"shk_k1_secret\"}");
    assertThat(run("key", "add", "--name", "billing")).isZero();
    assertThat(shell.out()).isEqualTo("shk_k1_secret\n");
    assertThat(shell.err()).contains("shown only now");
  }

  @Test
  void jsonIsTheAnswerAsItCame() {
    run("webhook", "list", "--json");
    assertThat(shell.out()).startsWith("{\n").contains("\"disabled_reason\" : ");
  }

  private static String resource(String name) throws IOException {
    return Files.readString(Path.of("src/test/resources/command").resolve(name));
  }
}
