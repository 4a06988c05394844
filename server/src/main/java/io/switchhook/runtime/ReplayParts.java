package io.switchhook.runtime;

import io.switchhook.company.Webhooks;
import io.switchhook.event.CompanyId;
import io.switchhook.replay.Replays;
import io.switchhook.replay.sqlite.SqliteReplayStore;
import java.util.random.RandomGenerator;

/** Puts together what replays are made of. */
final class ReplayParts {
  private ReplayParts() {}

  static Replays replays(Stores stores, Webhooks webhooks, RandomGenerator random) {
    return new Replays(
        new Replays.Setup(
            new SqliteReplayStore(stores.state),
            stores.journal,
            stores.cursors,
            webhooks::catalog,
            (CompanyId company) -> stores.companies.find(company).orElseThrow().partitions(),
            stores.clock,
            random));
  }
}
