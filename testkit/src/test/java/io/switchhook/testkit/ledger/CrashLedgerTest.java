package io.switchhook.testkit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 500 calls, five webhooks, five {@code kill -9}: the promises, seen from outside. {@code
 * -Dswitchhook.crash.seed=N} lives another script, {@code -Dswitchhook.crash.calls} and {@code
 * -Dswitchhook.crash.kills} make it longer or shorter. What the script says is the seed's; when
 * exactly the kills come between the threads of server and senders is not.
 */
class CrashLedgerTest {
  private static final long SEED = Long.getLong("switchhook.crash.seed", 1);
  private static final int CALLS = Integer.getInteger("switchhook.crash.calls", 500);
  private static final int KILLS = Integer.getInteger("switchhook.crash.kills", 5);

  @TempDir Path folder;

  @Test
  void promisesHoldThroughKills() throws Exception {
    var result = CrashRun.of(new Script(SEED, CALLS), KILLS, folder);

    System.out.println(result.summary());
    assertThat(result.violations())
        .as(
            "%s%nRepeat it with -Dtest=CrashLedgerTest -Dswitchhook.crash.seed=%d%nThe last server said:%n%s",
            result.summary(), SEED, String.join("\n", result.serverOutput()))
        .isEmpty();
  }
}
