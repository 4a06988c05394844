package io.switchhook.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.calllog.ReadResult.Malformed;
import io.switchhook.calllog.ReadResult.Read;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Seeded loops: a failure names its seed, and {@code -Dfuzz.seed} repeats it alone. */
class HostileLogsTest {
  private static final int ROUNDS = 20_000;
  private static final byte[] SPICE =
      "{}[]\",:\\u0dD8Ff+-.eE019ntf \n\0\t/%&=".getBytes(StandardCharsets.US_ASCII);

  @Test
  void mutatedSamplesAreReadWholeOrRefusedButNeverThrow() {
    var samples =
        List.of(
            Samples.inCall().getBytes(StandardCharsets.UTF_8),
            Samples.inCallPretty().getBytes(StandardCharsets.UTF_8),
            Samples.afterCall().getBytes(StandardCharsets.UTF_8));
    var taken = 0;
    for (var seed : seeds()) {
      var random = new Random(seed);
      var bytes = mutate(samples.get(random.nextInt(samples.size())), random);
      try {
        taken += isTakenWhole(bytes) ? 1 : 0;
        Undress.of(new WebRequest("POST", "", "", bytes));
        CallLogBatch.readJson(bytes);
        CallLogBatch.readLines(bytes);
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        throw new AssertionError("repeat with -Dfuzz.seed=" + seed, e);
      }
    }
    // Mutations that only change a text leave a log: both ways are walked.
    if (Integer.getInteger("fuzz.seed") == null) {
      assertThat(taken).isBetween(ROUNDS / 100, ROUNDS * 99 / 100);
    }
  }

  @Test
  void everyTextThatALogCanHoldSurvivesWritingDressingAndReading() {
    var random = new Random(11);
    for (var round = 0; round < 2_000; round++) {
      var log = hostile(random);
      var json = log.toJson();
      assertThat(InCallLog.of(Samples.log(json))).isEqualTo(log);

      var body =
          PercentEncoding.encodeAfter(
              "myoperator=".getBytes(StandardCharsets.US_ASCII),
              json.getBytes(StandardCharsets.UTF_8));
      var undressed = Undress.of(new WebRequest("POST", "", "", body));
      assertThat(undressed)
          .isInstanceOfSatisfying(
              Undressed.WithLog.class,
              found -> assertThat(InCallLog.of(found.log())).isEqualTo(log));
    }
  }

  @Test
  void contentInAnotherOrderIsTheSameContent() {
    var random = new Random(13);
    for (var round = 0; round < 500; round++) {
      var log = Samples.log(hostile(random).toJson());

      var reread = Samples.log(new String(log.canonicalContent(), StandardCharsets.UTF_8));

      assertThat(reread.canonicalContent()).isEqualTo(log.canonicalContent());
      assertThat(InCallLog.of(reread)).isEqualTo(InCallLog.of(log));
    }
  }

  private static boolean isTakenWhole(byte[] bytes) {
    return switch (CallLogReader.read(bytes)) {
      case Malformed malformed -> {
        assertThat(malformed.line()).isPositive();
        assertThat(malformed.column()).isPositive();
        assertThat(malformed.problem()).isNotBlank();
        assertThat(malformed.expected()).isNotBlank();
        yield false;
      }
      case Read(var log) -> {
        assertThat(log.uid()).isNotEmpty();
        assertThat(Samples.log(log.json())).isEqualTo(log);
        typed(log);
        yield true;
      }
    };
  }

  private static void typed(CallLog log) {
    var json =
        switch (log.kind()) {
          case IN_CALL -> InCallLog.of(log).toJson();
          case AFTER_CALL -> AfterCallLog.of(log).toJson();
          case DISPOSITION -> DispositionLog.of(log).toJson();
        };
    assertThat(Samples.log(json).kind()).isEqualTo(log.kind());
  }

  private static InCallLog hostile(Random random) {
    return new InCallLog(
        HostileText.draw(random),
        "u" + HostileText.draw(random),
        random.nextBoolean() ? null : HostileText.draw(random),
        HostileText.draw(random),
        HostileText.draw(random),
        HostileText.draw(random),
        HostileText.draw(random),
        CallState.ofNumber(1 + random.nextInt(9)).orElseThrow(),
        HostileText.draw(random),
        null,
        List.of(HostileText.draw(random), HostileText.draw(random)),
        HostileText.draw(random),
        HostileText.draw(random),
        HostileText.draw(random),
        HostileText.draw(random),
        HostileText.draw(random));
  }

  private static byte[] mutate(byte[] sample, Random random) {
    var bytes = sample;
    for (var i = random.nextInt(4); i >= 0; i--) {
      var at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> {
          bytes = bytes.clone();
          bytes[at] = SPICE[random.nextInt(SPICE.length)];
        }
        case 1 -> {
          bytes = bytes.clone();
          bytes[at] = (byte) random.nextInt(256);
        }
        case 2 -> bytes = join(bytes, at, new byte[0], Math.min(bytes.length, at + 1));
        case 3 -> bytes = join(bytes, at, new byte[] {SPICE[random.nextInt(SPICE.length)]}, at);
        default -> {
          var from = random.nextInt(bytes.length);
          var to = Math.min(bytes.length, from + random.nextInt(40));
          bytes = join(bytes, at, Arrays.copyOfRange(bytes, from, to), at);
        }
      }
      if (bytes.length == 0) {
        return bytes;
      }
    }
    return bytes;
  }

  private static byte[] join(byte[] bytes, int headEnd, byte[] middle, int tailStart) {
    var joined = Arrays.copyOf(bytes, headEnd + middle.length + bytes.length - tailStart);
    System.arraycopy(middle, 0, joined, headEnd, middle.length);
    System.arraycopy(bytes, tailStart, joined, headEnd + middle.length, bytes.length - tailStart);
    return joined;
  }

  private static int[] seeds() {
    var only = Integer.getInteger("fuzz.seed");
    return only != null ? new int[] {only} : java.util.stream.IntStream.range(0, ROUNDS).toArray();
  }
}
