package io.switchhook.runtime;

import io.switchhook.config.Settings;
import io.switchhook.delivery.engine.EngineSettings;
import io.switchhook.delivery.engine.RetrySchedule;
import io.switchhook.delivery.engine.TimesToLive;

/** The settings of delivery in the engine's terms. */
final class EngineTerms {
  private EngineTerms() {}

  static EngineSettings settings(Settings settings, int workerCount) {
    return EngineSettings.standard(
        new RetrySchedule(settings.delivery().retrySchedule()),
        settings.delivery().memoryBytes(),
        workerCount);
  }

  static TimesToLive timesToLive(Settings settings) {
    var lives = settings.delivery().timeToLive();
    return new TimesToLive(
        lives.inCall(), lives.inCallFinal(), lives.afterCall(), lives.disposition());
  }
}
