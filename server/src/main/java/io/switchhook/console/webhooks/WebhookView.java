package io.switchhook.console.webhooks;

import io.switchhook.console.Frame;
import java.time.Instant;
import java.util.List;

/**
 * What the page of one webhook shows.
 *
 * @param failures where its failed deliveries are listed
 * @param secret the signing secret that was just made; {@code ""} when none was
 * @param problem why something that was asked for was not done; {@code ""} when nothing was wrong
 * @param tried one when a test was sent, else none
 */
record WebhookView(
    Frame frame,
    String self,
    String list,
    String name,
    boolean isEnabled,
    boolean isSigned,
    HealthView health,
    List<Trouble> troubles,
    List<Fact> facts,
    Instant createdAt,
    Instant changedAt,
    String deliveries,
    String failures,
    Preview preview,
    String secret,
    String problem,
    List<TriedView> tried,
    ReplayView.Ask ask,
    List<ReplayView> replays) {
  WebhookView {
    troubles = List.copyOf(troubles);
    facts = List.copyOf(facts);
    tried = List.copyOf(tried);
    replays = List.copyOf(replays);
  }

  /** Something that is set. */
  record Fact(String name, String value, boolean isCode) {}

  boolean isReplaying() {
    return replays.stream().anyMatch(ReplayView::isRunning);
  }

  /** What stands before it is deleted for good. */
  record Delete(Frame frame, String name, String self, String words) {}

  /** What is shown where there is no such webhook. */
  record Gone(Frame frame, String list) {}
}
