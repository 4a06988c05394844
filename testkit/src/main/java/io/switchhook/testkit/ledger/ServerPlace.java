package io.switchhook.testkit.ledger;

import java.time.Duration;

/** Where the server is at the moment: another port in each life. May be used from any thread. */
final class ServerPlace {
  private String url;

  ServerPlace(String url) {
    this.url = url;
  }

  synchronized String url() {
    return url;
  }

  synchronized void moved(String to) {
    url = to;
    notifyAll();
  }

  /** Where it is after a connection to this place was lost: there again, or elsewhere. */
  synchronized String after(String lost, Duration patience) throws InterruptedException {
    var until = System.nanoTime() + patience.toNanos();
    while (url.equals(lost)) {
      var left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    return url;
  }
}
