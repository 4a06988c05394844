package io.switchhook.demo;

import java.util.Arrays;
import java.util.Optional;

/** The demonstration's two webhooks; the path tells the receiver which it was. */
enum DemoWebhook {
  IN_CALL("in-call", "in_call", "/in-call"),
  AFTER_CALL("after-call", "after_call", "/after-call");

  private final String word;
  private final String trigger;
  private final String path;

  DemoWebhook(String word, String trigger, String path) {
    this.word = word;
    this.trigger = trigger;
    this.path = path;
  }

  String word() {
    return word;
  }

  String trigger() {
    return trigger;
  }

  String path() {
    return path;
  }

  static Optional<DemoWebhook> ofPath(String path) {
    return Arrays.stream(values()).filter(webhook -> webhook.path.equals(path)).findFirst();
  }
}
