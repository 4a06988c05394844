package io.switchhook.source;

import java.util.concurrent.CompletionStage;

/**
 * Where events come from: it hears what happens in calls and appends it to the journal. Methods may
 * be called from any thread.
 */
public interface Source extends AutoCloseable {
  /**
   * Starts to hear, and returns at once. What does not work at first is tried again and told by
   * {@link #state}. Called once, when the journal takes records.
   */
  void start();

  /** How it is now; returns at once. */
  SourceState state();

  /**
   * Tries everything that can be tried without a call, and says in words what it found. Completes
   * within {@link SourceTest#SECONDS_MAX}; never exceptionally.
   */
  CompletionStage<SourceTest> test();

  /**
   * Hears nothing more, and returns when what was heard is in the journal, as far as it takes
   * something. Called before the journal closes. Safe to call twice, and unstarted.
   */
  @Override
  void close();
}
