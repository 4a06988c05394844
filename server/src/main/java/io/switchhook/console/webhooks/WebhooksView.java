package io.switchhook.console.webhooks;

import io.switchhook.console.Frame;
import java.util.List;

/** What the list of webhooks shows. */
record WebhooksView(Frame frame, String add, String self, List<Row> rows) {
  WebhooksView {
    rows = List.copyOf(rows);
  }

  /** One webhook. */
  record Row(
      String id,
      String href,
      String name,
      String trigger,
      String method,
      String target,
      HealthView health,
      List<Trouble> troubles) {
    Row {
      troubles = List.copyOf(troubles);
    }
  }
}
