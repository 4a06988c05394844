package io.switchhook.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.switchhook.calllog.CallState;
import io.switchhook.calllog.PercentEncoding;
import io.switchhook.calllog.v2.EventType;
import io.switchhook.receiver.Reception.Failed;
import io.switchhook.receiver.Reception.InWork;
import io.switchhook.receiver.Reception.Repeat;
import io.switchhook.receiver.Reception.Told;
import io.switchhook.receiver.Reception.TooLarge;
import io.switchhook.receiver.Reception.Unproven;
import io.switchhook.receiver.Reception.Unreadable;
import io.switchhook.receiver.Reception.WrongMethod;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookReceiverTest {
  private final WebhookReceiver receiver = WebhookReceiver.of(Proof.ofNothing());

  @Nested
  class Reads {
    @Test
    void inCallLogInEveryDressOfV1() {
      for (var body :
          new String[] {
            Requests.LOG,
            "{\"myoperator\":" + Requests.LOG + "}",
            "myoperator=" + PercentEncoding.encode(Requests.LOG),
            "myoperator=" + Requests.LOG,
            "data=" + PercentEncoding.encode(Requests.LOG)
          }) {
        var told = told(Requests.post().query("tenant=7").body(body));

        assertThat(told.message())
            .isInstanceOfSatisfying(
                Message.InCall.class,
                message -> {
                  assertThat(message.log().callState()).isEqualTo(CallState.DIALING_USERS);
                  assertThat(message.log().clidRaw()).isEqualTo("919711600001");
                  assertThat(message.raw().json()).isEqualTo(Requests.LOG);
                  assertThat(message.parameters()).containsEntry("tenant", "7");
                });
        assertThat(told.message().uid()).contains("n2.1596270949.2175190");
      }
    }

    @Test
    void eventOfV2InEveryDressOfV1() {
      var dresses =
          List.<UnaryOperator<String>>of(
              event -> event,
              event -> "{\"myoperator\":" + event + "}",
              event -> "myoperator=" + PercentEncoding.encode(event),
              event -> "myoperator=" + event,
              event -> "data=" + PercentEncoding.encode(event));
      for (var dress : dresses) {
        var event = event("e" + dresses.indexOf(dress));
        var told = told(Requests.post().query("tenant=7").body(dress.apply(event)));

        assertThat(told.message())
            .as(dress.apply(event))
            .isInstanceOfSatisfying(
                Message.Event.class,
                message -> {
                  assertThat(message.envelope().sessionId()).isEqualTo("s4.1");
                  assertThat(message.json()).isEqualTo(event);
                  assertThat(message.parameters()).containsEntry("tenant", "7");
                });
      }
    }

    @Test
    void afterCallLogAndDisposition() {
      var log = "{\"_ai\":\"5f\",\"_su\":2,\"_pm\":[{\"ky\":\"ui\",\"vl\":\"u9\"}]%s}";

      assertThat(told(Requests.post().body(log.formatted(""))).message())
          .isInstanceOfSatisfying(
              Message.AfterCall.class, message -> assertThat(message.log().status()).isEqualTo(2));
      var tagged = told(Requests.post().body(log.formatted(",\"_dsp\":[{\"n\":\"Busy\"}]")));
      assertThat(tagged.message())
          .isInstanceOfSatisfying(
              Message.Disposition.class,
              message -> assertThat(message.log().dispositions()).hasSize(1));
      assertThat(tagged.message().uid()).contains("u9");
      assertThat(tagged.message().source()).isPresent();
    }

    @Test
    void eventOfV2() {
      var told = told(Requests.post().body(event("e1")));

      assertThat(told.message())
          .isInstanceOfSatisfying(
              Message.Event.class,
              message -> assertThat(message.envelope().type()).contains(EventType.ANSWERED));
      assertThat(told.message().uid()).contains("s4.1");
      assertThat(told.message().source()).isEmpty();
    }

    @Test
    void parametersOfAGetAndACallThatIsNamedThere() {
      var message = told(Requests.get("caller_number=+919711600001&uid=u1")).message();

      assertThat(message.parameters()).containsEntry("caller_number", "+919711600001");
      assertThat(message.uid()).contains("u1");
      assertThat(told(Requests.get("")).message().uid()).isEmpty();
    }

    @Test
    void marksOfTheRequest() {
      var request =
          Requests.event("evt_1", 7, 5)
              .header("switchhook-attempt", "2")
              .header("switchhook-skipped", "1")
              .header("switchhook-replay", "true")
              .header("switchhook-test", "true")
              .header("webhook-timestamp", "1782900000");

      assertThat(told(request).marks())
          .isEqualTo(
              new Marks("evt_1", Instant.ofEpochSecond(1_782_900_000), 7, 5, 2, 1, true, true));
      assertThat(told(Requests.post().header("switchhook-sequence", "-1")).marks())
          .isEqualTo(new Marks(null, null, 0, 0, 0, 0, false, false));
    }
  }

  @Nested
  class Refuses {
    @Test
    void whatDoesNotProveItselfUnread() {
      var strict = WebhookReceiver.of(Proof.ofHeader("x", "y"));

      var reception = strict.receive(Requests.post().body("no log").build());

      assertThat(reception).isEqualTo(new Unproven(Proof.Lack.HEADER));
      assertThat(reception.status()).isEqualTo(401);
      assertThat(reception.answer()).doesNotContain("x");
    }

    @Test
    void signatureByTheReceiversClock() {
      var now = Instant.parse("2026-07-01T10:00:00Z");
      var secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
      var signed =
          Requests.post()
              .header("webhook-id", "e")
              .header("webhook-timestamp", String.valueOf(now.getEpochSecond()))
              .header(
                  "webhook-signature",
                  StandardWebhooksSignature.sign(
                      java.util.List.of(secret),
                      "e",
                      now.getEpochSecond(),
                      Requests.post().build().body()))
              .build();
      var strict = WebhookReceiver.of(Proof.ofSignature(secret));

      assertThat(strict.withClock(InstantSource.fixed(now)).receive(signed))
          .isInstanceOf(Told.class);
      assertThat(strict.withClock(InstantSource.fixed(now.plusSeconds(301))).receive(signed))
          .isEqualTo(new Unproven(Proof.Lack.TIMESTAMP));
    }

    @Test
    void whatIsNoLogWithThePlace() {
      var reception = receiver.receive(Requests.post().body("{\"uid\":\"u\"}").build());

      assertThat(reception).isInstanceOf(Unreadable.class);
      assertThat(reception.status()).isEqualTo(400);
      assertThat(reception.answer()).contains("call_state is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS"})
    void otherMethods(String method) {
      assertThat(receiver.receive(Requests.post().method(method).build()))
          .isEqualTo(new WrongMethod(method))
          .satisfies(reception -> assertThat(reception.status()).isEqualTo(405));
    }

    @Test
    void moreThanAMebibyte() {
      var most = Requests.LOG + " ".repeat(WebhookReceiver.BODY_BYTES_MAX - Requests.LOG.length());

      assertThat(receiver.receive(Requests.post().body(most).build())).isInstanceOf(Told.class);
      assertThat(receiver.receive(Requests.post().body(most + " ").build()))
          .isEqualTo(new TooLarge(WebhookReceiver.BODY_BYTES_MAX + 1))
          .satisfies(reception -> assertThat(reception.status()).isEqualTo(413));
    }
  }

  @Nested
  class DropsRepeats {
    @Test
    void afterTheWorkIsDone() {
      var works = new ArrayList<Told>();

      assertThat(receiver.receive(Requests.event("e1", 1, 0).build(), works::add))
          .isInstanceOf(Told.class);
      assertThat(receiver.receive(Requests.event("e1", 1, 0).build(), works::add))
          .isInstanceOf(Repeat.class)
          .satisfies(reception -> assertThat(reception.status()).isEqualTo(200));
      assertThat(works).hasSize(1);
    }

    @Test
    void notAfterWorkThatFailed() {
      var failure = new IllegalStateException("the database is away");

      var first =
          receiver.receive(
              Requests.event("e1", 1, 0).build(),
              _ -> {
                throw failure;
              });

      assertThat(first)
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.cause()).isSameAs(failure));
      assertThat(first.status()).isEqualTo(500);
      assertThat(receiver.receive(Requests.event("e1", 1, 0).build(), _ -> {}))
          .isInstanceOf(Told.class);
    }

    @Test
    void notWhileTheFirstIsBeingWorkedOnForThatMayFail() {
      var first = told(Requests.event("e1", 1, 0));

      var second = receiver.receive(Requests.event("e1", 1, 0).build());
      assertThat(second).isInstanceOf(InWork.class);
      // Tried again on the schedule: neither taken as delivered nor blamed on the event.
      assertThat(second.status()).isEqualTo(409);

      receiver.failed(first);
      receiver.done(told(Requests.event("e1", 1, 0)));
      assertThat(receiver.receive(Requests.event("e1", 1, 0).build())).isInstanceOf(Repeat.class);
    }

    @Test
    void byTheEventIdOfV2WhereNobodyElseGivesOne() {
      receiver.done(told(Requests.post().body(event("e7"))));

      assertThat(receiver.receive(Requests.post().body(event("e7")).build()))
          .isInstanceOf(Repeat.class);
      assertThat(receiver.receive(Requests.post().body(event("e8")).build()))
          .isInstanceOf(Told.class);
    }

    @Test
    void notWithoutAnId() {
      receiver.done(told(Requests.post()));

      assertThat(receiver.receive(Requests.post().build())).isInstanceOf(Told.class);
    }

    @Test
    void ofAReplayUnlessTheyAreWanted() {
      var wanting = receiver.tellingReplaysAgain();
      var replay = Requests.event("e1", 1, 0).header("switchhook-replay", "true").build();
      receiver.done(told(Requests.event("e1", 1, 0)));

      assertThat(receiver.receive(replay)).isInstanceOf(Repeat.class);
      assertThat(wanting.receive(replay, _ -> {})).isInstanceOf(Told.class);
      assertThat(wanting.receive(Requests.event("e1", 1, 0).build())).isInstanceOf(Repeat.class);
    }

    @Test
    void asLongAsTheyAreRemembered() {
      var small = receiver.remembering(ReceptionStore.inMemory(2));
      for (var id : new String[] {"a", "b", "c"}) {
        assertThat(small.receive(Requests.event(id, 1, 0).build(), _ -> {}))
            .isInstanceOf(Told.class);
      }

      assertThat(small.receive(Requests.event("c", 1, 0).build())).isInstanceOf(Repeat.class);
      assertThat(small.receive(Requests.event("b", 1, 0).build())).isInstanceOf(Repeat.class);
      assertThat(small.receive(Requests.event("a", 1, 0).build())).isInstanceOf(Told.class);
      assertThatIllegalArgumentException().isThrownBy(() -> ReceptionStore.inMemory(0));
    }

    @Test
    void neverWithAForgetfulStore() {
      var forgetful = receiver.remembering(ReceptionStore.forgetful());

      for (var i = 0; i < 2; i++) {
        assertThat(forgetful.receive(Requests.event("e1", 1, 0).build(), _ -> {}))
            .isInstanceOf(Told.class);
      }
    }

    @Test
    void ofManyAtOnceAllButOne() throws Exception {
      var threads = 16;
      var start = new CountDownLatch(1);
      var receptions = new ArrayList<Future<Reception>>();
      try (var pool = Executors.newFixedThreadPool(threads)) {
        for (var i = 0; i < threads; i++) {
          receptions.add(
              pool.submit(
                  () -> {
                    start.await();
                    return receiver.receive(Requests.event("e1", 1, 0).build());
                  }));
        }
        start.countDown();
        var told = 0;
        for (var reception : receptions) {
          told += reception.get() instanceof Told ? 1 : 0;
        }
        assertThat(told).isEqualTo(1);
      }
    }
  }

  @Nested
  class SeesGaps {
    @Test
    void whenThePreviousIsNotTheLastThatWasHad() {
      assertThat(continuity(Requests.event("e1", 1, 0))).isEqualTo(new Continuity.Unbroken());
      assertThat(continuity(Requests.event("e2", 3, 1))).isEqualTo(new Continuity.Unbroken());
      assertThat(continuity(Requests.event("e3", 7, 5))).isEqualTo(new Continuity.Gap(3, 5, 0));
      assertThat(continuity(Requests.event("e4", 8, 7))).isEqualTo(new Continuity.Unbroken());
    }

    @Test
    void whenEventsWereGivenUp() {
      continuity(Requests.event("e1", 1, 0));

      assertThat(continuity(Requests.event("e4", 4, 3).header("switchhook-skipped", "2")))
          .isEqualTo(new Continuity.Gap(1, 3, 2));
    }

    @Test
    void notWhenAnEventIsTriedAgain() {
      continuity(Requests.event("e1", 1, 0));
      receiver.failed(told(Requests.event("e2", 2, 1)));

      assertThat(continuity(Requests.event("e2", 2, 1))).isEqualTo(new Continuity.Unbroken());
    }

    @Test
    void notWhereNothingIsRememberedOrSaid() {
      assertThat(continuity(Requests.event("e5", 5, 4))).isEqualTo(new Continuity.Unknown());
      assertThat(continuity(Requests.post())).isEqualTo(new Continuity.Unknown());
      assertThat(continuity(Requests.event("e1", 9, 1).header("switchhook-replay", "true")))
          .isEqualTo(new Continuity.Unknown());
      assertThat(continuity(Requests.event("e9", 9, 8).method("GET").body("")))
          .isEqualTo(new Continuity.Unknown());
    }

    private Continuity continuity(Requests request) {
      return told(request).continuity();
    }
  }

  @Test
  void hostileBytesAreAnsweredAndNeverThrow() {
    var random = new java.util.Random(5);
    var samples = new String[] {Requests.LOG, event("e"), "myoperator=" + Requests.LOG};
    for (var round = 0; round < 5_000; round++) {
      var body = samples[random.nextInt(samples.length)].toCharArray();
      for (var i = random.nextInt(5); i >= 0; i--) {
        body[random.nextInt(body.length)] = (char) random.nextInt(200);
      }
      var request =
          Requests.post()
              .body(new String(body))
              .query(new String(body, 0, random.nextInt(body.length)))
              .header("webhook-id", new String(body, 0, random.nextInt(8)))
              .header("switchhook-sequence", new String(body, 0, 2))
              .header("webhook-timestamp", new String(body, 0, 2));
      assertThat(receiver.receive(request.build(), _ -> {}).status()).isIn(200, 400);
    }
  }

  private Told told(Requests request) {
    var reception = receiver.receive(request.build());
    assertThat(reception).isInstanceOf(Told.class);
    return (Told) reception;
  }

  private static String event(String id) {
    return "{\"event_id\":\""
        + id
        + "\",\"event_type\":\"call.answered\",\"session_id\":\"s4.1\",\"payload\":{\"id\":\"s4.1\"}}";
  }
}
