package io.switchhook.jmh;

import io.switchhook.event.Bytes;
import io.switchhook.event.CallId;
import io.switchhook.journal.JournalRecord;
import io.switchhook.routing.LogFields;
import io.switchhook.routing.Route;
import io.switchhook.routing.Router;
import io.switchhook.routing.WebhookCatalog;
import io.switchhook.routing.WebhookCatalog.Entry;
import io.switchhook.webhook.Condition;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Who wants an event, its log's fields read once for all webhooks. */
@State(Scope.Benchmark)
public class Routing {
  /** How many webhooks there are, and of how many companies. */
  public enum Size {
    ONE(1, 1),
    TWO_HUNDRED_OF_ONE_COMPANY(200, 1),
    TEN_THOUSAND_OF_THOUSAND_COMPANIES(10_000, 1_000);

    final int webhooks;
    final int companies;

    Size(int webhooks, int companies) {
      this.webhooks = webhooks;
      this.companies = companies;
    }
  }

  @Param public Size webhooks = Size.ONE;

  private WebhookCatalog catalog = new WebhookCatalog(List.of());
  private JournalRecord event = event();

  /** Makes webhooks that each want one of nine call states. */
  @Setup
  public void fill() {
    var entries = new ArrayList<Entry>();
    for (var number = 0; number < webhooks.webhooks; number++) {
      var state = String.valueOf(number % 9 + 1);
      var company = Samples.company(number % webhooks.companies);
      entries.add(
          Samples.webhook(
              number, company, List.of(new Condition.In("call_state", List.of(state)))));
    }
    catalog = new WebhookCatalog(entries);
    event = event();
  }

  /** How many want the event. */
  @Benchmark
  public int route() {
    var fields = LogFields.of(event);
    var wanted = 0;
    for (var entry : catalog.candidates(event, fields)) {
      if (Router.route(entry, event, fields) == Route.WANTED) {
        wanted++;
      }
    }
    return wanted;
  }

  private static JournalRecord event() {
    var call = new CallId(Samples.company(0), "n2.1596270949.2175190");
    return Samples.event(call, 0, Bytes.wrap(Samples.bytes("in-call")));
  }
}
