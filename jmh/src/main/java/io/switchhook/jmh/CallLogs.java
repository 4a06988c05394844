package io.switchhook.jmh;

import io.switchhook.calllog.AfterCallLog;
import io.switchhook.calllog.CallLog;
import io.switchhook.calllog.CallLogReader;
import io.switchhook.calllog.InCallLog;
import io.switchhook.calllog.LogKind;
import io.switchhook.calllog.PercentEncoding;
import io.switchhook.calllog.ReadResult;
import io.switchhook.event.Identity;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reading, writing, telling apart and encoding of call logs. */
public class CallLogs {
  private static final byte[] FORM_FIELD = "myoperator=".getBytes(StandardCharsets.US_ASCII);

  /** A sample log in every form that is asked for. */
  @State(Scope.Benchmark)
  public static class Sample {
    @Param({"in-call", "after-call"})
    public String sample = "";

    byte[] bytes = {};
    CallLog log = Samples.log("in-call");
    Supplier<String> writer = String::new;

    /** Reads the sample. */
    @Setup
    public void read() {
      bytes = Samples.bytes(sample);
      log = Samples.log(sample);
      writer =
          log.kind() == LogKind.IN_CALL ? InCallLog.of(log)::toJson : AfterCallLog.of(log)::toJson;
    }
  }

  /** The bytes of a log as a whole log. */
  @Benchmark
  public ReadResult readLog(Sample it) {
    return CallLogReader.read(it.bytes);
  }

  /** A log as the bytes that are kept. */
  @Benchmark
  public byte[] bytesOfLog(Sample it) {
    return it.log.bytes();
  }

  /** A typed log as JSON. */
  @Benchmark
  public String writeLog(Sample it) {
    return it.writer.get();
  }

  /** What tells a log apart. */
  @Benchmark
  public byte[] canonicalContent(Sample it) {
    return it.log.canonicalContent();
  }

  /** What tells a log apart, in 128 bits. */
  @Benchmark
  public Identity identity(Sample it) {
    return Identity.ofContent(it.log.canonicalContent());
  }

  /** A log as a form's body. */
  @Benchmark
  public byte[] encodeForm(Sample it) {
    return PercentEncoding.encodeAfter(FORM_FIELD, it.bytes);
  }
}
