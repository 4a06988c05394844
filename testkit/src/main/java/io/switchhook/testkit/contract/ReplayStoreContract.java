package io.switchhook.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.delivery.Replay;
import io.switchhook.delivery.Replay.Only;
import io.switchhook.delivery.ReplayId;
import io.switchhook.event.CallId;
import io.switchhook.event.CompanyId;
import io.switchhook.event.WebhookId;
import io.switchhook.replay.ReplayStore;
import io.switchhook.replay.StoredReplay;
import io.switchhook.replay.StoredReplay.State;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of replays does. */
public abstract class ReplayStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.001Z");
  private static final WebhookId HOOK = new WebhookId("wh_1");
  private static final CompanyId COMPANY = new CompanyId("fedcba9876543210");
  private static final CompanyId OTHER_COMPANY = new CompanyId("0123456789abcdef");

  /** The store under test. */
  protected ReplayStore store;

  /** Makes an empty store. */
  protected abstract ReplayStore create();

  @BeforeEach
  void createStore() {
    store = create();
  }

  private static StoredReplay replay(String id, WebhookId webhook, @Nullable String uid) {
    return new StoredReplay(
        new Replay(
            new ReplayId(id),
            webhook,
            uid == null ? null : new CallId(COMPANY, uid),
            NOW.minusSeconds(60),
            Instant.ofEpochMilli(Long.MAX_VALUE),
            uid == null ? Only.FAILED : Only.ALL,
            NOW,
            Map.of(3, 0L, 200, 17L),
            Map.of(3, 0L, 200, 90L)),
        COMPANY,
        42,
        0,
        0,
        uid == null ? NOW.minusSeconds(50) : null,
        State.RUNNING,
        null,
        null);
  }

  private static StoredReplay over(StoredReplay replay, State state, @Nullable String reason) {
    return new StoredReplay(
        replay.replay(), COMPANY, 42, 40, 2, replay.keptFrom(), state, reason, NOW.plusSeconds(1));
  }

  @Test
  void whatWasKeptIsReadAsItWas() {
    var ofTime = replay("rp_1", HOOK, null);
    var ofCall = replay("rp_2", new WebhookId("wh_2"), "n2.1 é");
    store.add(ofTime);
    store.add(ofCall);
    assertThat(store.find(COMPANY, new ReplayId("rp_1"))).contains(ofTime);
    assertThat(store.find(COMPANY, new ReplayId("rp_2"))).contains(ofCall);
    assertThat(store.find(OTHER_COMPANY, new ReplayId("rp_1"))).isEmpty();
    assertThat(store.find(COMPANY, new ReplayId("rp_3"))).isEmpty();
    assertThat(store.running()).containsExactly(ofTime, ofCall);
  }

  @Test
  void updateSaysHowItStandsNow() {
    store.add(replay("rp_1", HOOK, null));
    var cancelled = over(replay("rp_1", HOOK, null), State.CANCELLED, "by hand");
    store.update(cancelled);
    assertThat(store.find(COMPANY, new ReplayId("rp_1"))).contains(cancelled);
    assertThat(store.running()).isEmpty();
    store.add(replay("rp_2", HOOK, null));
    var done = over(replay("rp_2", HOOK, null), State.DONE, null);
    store.update(done);
    assertThat(store.ofWebhook(HOOK)).containsExactly(done, cancelled);
    assertThat(store.ofWebhook(new WebhookId("wh_2"))).isEmpty();
  }

  @Test
  void oldestThatAreOverAreForgottenBeyondTheLimit() {
    for (int number = 0; number <= ReplayStore.KEPT_MAX; number++) {
      store.add(over(replay("rp_" + number, HOOK, null), State.DONE, null));
    }
    store.add(replay("rp_new", HOOK, null));
    var kept = store.ofWebhook(HOOK);
    assertThat(kept).hasSize(ReplayStore.KEPT_MAX);
    assertThat(kept.getFirst().replay().id()).isEqualTo(new ReplayId("rp_new"));
    assertThat(store.find(COMPANY, new ReplayId("rp_0"))).isEmpty();
    assertThat(store.find(COMPANY, new ReplayId("rp_2"))).isPresent();
  }
}
