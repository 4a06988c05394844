package io.switchhook.bench.load;

import io.switchhook.bench.load.LogTemplate.Event;
import io.switchhook.bench.load.LogTemplate.Second;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Traffic that is being sent. What others ask of it may be asked from any thread. */
public final class Sending {
  private final Traffic traffic;
  private final long beganNanos;
  private final long beganEpochMillis;
  private final List<LogTemplate> templates;
  private final List<byte[]> heads;
  private final byte[] body;
  private volatile long end;
  private volatile long next;
  private volatile long answered;
  private Second second;

  Sending(Traffic traffic, String key, long beganNanos, long beganEpochMillis) {
    this.traffic = traffic;
    this.beganNanos = beganNanos;
    this.beganEpochMillis = beganEpochMillis;
    this.templates = LogTemplate.ofCall(traffic);
    this.body = new byte[templates.getFirst().length() * traffic.batch()];
    this.heads = heads(traffic, key, body.length);
    this.end = traffic.requests();
    this.second = new Second(beganEpochMillis / 1_000);
  }

  private static List<byte[]> heads(Traffic traffic, String key, int bodyLength) {
    var heads = new ArrayList<byte[]>();
    var type = traffic.batch() == 1 ? "application/json" : "application/x-ndjson";
    for (var company = 0; company < traffic.layout().companies(); company++) {
      var head =
          "POST /api/v1/companies/"
              + Layout.nameOf(company)
              + "/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
              + key
              + "\r\nContent-Type: "
              + type
              + "\r\nContent-Length: "
              + bodyLength
              + "\r\n\r\n";
      heads.add(head.getBytes(StandardCharsets.US_ASCII));
    }
    return heads;
  }

  /** What is sent. */
  public Traffic traffic() {
    return traffic;
  }

  /** When an event is due, in nanoseconds of {@link System#nanoTime}. */
  public long dueNanos(long request) {
    return beganNanos + traffic.dueNanos(request);
  }

  /** How many requests were handed to their connections. */
  public long handed() {
    return next;
  }

  /** True when all requests were handed to their connections. */
  public boolean isHanded() {
    return next >= end;
  }

  /** True when all requests were handed over and answered. */
  public boolean isAnswered() {
    return isHanded() && answered >= end;
  }

  /** How many requests are not answered. */
  public long unanswered() {
    return next - answered;
  }

  void stop() {
    end = next;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the generator's thread writes
  long take() {
    return next++;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the generator's thread writes
  void gotAnswer() {
    answered++;
  }

  /** The longest that a request can be, in bytes. */
  int lengthMax() {
    return body.length + heads.getLast().length;
  }

  /** Writes a request; the same bytes each time. */
  void write(ByteBuffer out, long request) {
    out.put(heads.get(traffic.companyOf(request)));
    var epoch = (beganEpochMillis + traffic.dueNanos(request) / 1_000_000) / 1_000;
    if (epoch != second.epoch()) {
      second = new Second(epoch);
    }
    var at = 0;
    for (var i = 0; i < traffic.batch(); i++) {
      var ordinal = request * traffic.batch() + i;
      var template = templates.get(traffic.placeOf(ordinal));
      template.write(body, at, traffic, new Event(ordinal, second));
      at += template.length();
    }
    out.put(body);
  }
}
