package io.switchhook.examples;

import io.switchhook.NeedsPart;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each example is started, and a real server tells it calls: all of them do the same. */
class ExamplesTest {
  private static @Nullable Switchboard switchboard;

  private Path folder = Path.of("");
  private Path calls = Path.of("");

  @BeforeAll
  static void startServer(@TempDir Path folder) throws Exception {
    switchboard = Switchboard.start(folder);
  }

  @AfterAll
  static void stopServer() {
    if (switchboard != null) {
      switchboard.close();
    }
  }

  @BeforeEach
  void keepCallsIn(@TempDir Path given) {
    folder = given;
    calls = given.resolve("calls.tsv");
  }

  @Test
  void jdksOwnServerReceives() throws Exception {
    try (var example = RunningExample.onJdkServer(calls)) {
      receives(example, "jdk");
    }
  }

  @Test
  void servletReceives() throws Exception {
    try (var example = RunningExample.inServletContainer(calls, folder)) {
      receives(example, "servlet");
    }
  }

  @Test
  void springBootReceives() throws Exception {
    try (var example = RunningExample.inSpringBoot(calls)) {
      receives(example, "spring");
    }
  }

  @Test
  @NeedsPart("php")
  void plainPhpReceives() throws Exception {
    try (var example = RunningExample.inPhp(calls, "php/webhook.php")) {
      receives(example, "php");
    }
  }

  @Test
  @NeedsPart("php")
  void smallestPhpReceivesWhatThePageIsAbout() throws Exception {
    try (var example = RunningExample.inPhp(calls, "php/first.php")) {
      story(example, "first").hearsInTheVendorsDressOnly();
    }
  }

  @Test
  @NeedsPart("python3")
  void plainPythonReceives() throws Exception {
    try (var example = RunningExample.inProcess(calls, "python3", "python/webhook.py")) {
      receives(example, "python");
    }
  }

  @Test
  @NeedsPart("node")
  void plainNodeReceives() throws Exception {
    try (var example = RunningExample.inProcess(calls, "node", "node/webhook.mjs")) {
      receives(example, "node");
    }
  }

  private Story story(RunningExample example, String name) {
    if (switchboard == null) {
      throw new IllegalStateException("the server has not started");
    }
    return new Story(switchboard, example, calls, name);
  }

  private void receives(RunningExample example, String name) throws Exception {
    var story = story(example, name);
    story.hearsCallsInEveryDress();
    story.hearsEventsOfTheSecondGeneration();
    story.refusesWhatDoesNotProveItself();
    story.dropsRepeatsAndSeesGaps();
    story.readsUsersInEveryShape();
  }
}
