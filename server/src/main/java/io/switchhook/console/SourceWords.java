package io.switchhook.console;

import io.switchhook.source.SeenChannel;
import io.switchhook.source.SourceState;
import io.switchhook.source.SourceTest;

/** Says in words and marks how sources are, and what they found. */
public final class SourceWords {
  private SourceWords() {}

  /** The badge of a source that hears, or does not. */
  public static CallWords.Badge badge(SourceState.Hearing hearing) {
    return switch (hearing) {
      case CONNECTED -> new CallWords.Badge("delivered", "connected");
      case DEAF -> new CallWords.Badge("given-up", "deaf");
      case STOPPED -> new CallWords.Badge("ended", "stopped");
    };
  }

  /** A type of the settings as people call it; the settings' word for one that is not known. */
  public static String type(String word) {
    return switch (word) {
      case "asterisk" -> "Asterisk";
      case "myoperator" -> "MyOperator account";
      default -> word;
    };
  }

  /** The badge of a channel by what it was taken for. */
  public static CallWords.Badge badge(SeenChannel.Understood understood) {
    return switch (understood) {
      case USER -> new CallWords.Badge("user", "user");
      case TRUNK -> new CallWords.Badge("trunk", "trunk");
      case LOCAL -> new CallWords.Badge("local", "local");
      case IGNORED -> new CallWords.Badge("unknown", "ignored");
    };
  }

  /** The badge of something that a trial found. */
  public static CallWords.Badge badge(SourceTest.Weight weight) {
    return switch (weight) {
      case FINE -> new CallWords.Badge("delivered", "fine");
      case WARNING -> new CallWords.Badge("failing", "warning");
      case WRONG -> new CallWords.Badge("given-up", "wrong");
    };
  }
}
