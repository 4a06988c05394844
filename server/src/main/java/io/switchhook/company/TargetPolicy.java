package io.switchhook.company;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Says whether a webhook may point somewhere. */
@FunctionalInterface
public interface TargetPolicy {
  /**
   * Why the installation does not let webhooks reach this URL, in words that name the address and
   * what to change; empty when it does. Never completes exceptionally.
   */
  CompletionStage<Optional<String>> objectionTo(URI targetUrl);
}
