package io.switchhook.console;

import io.switchhook.event.Bytes;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a browser is answered with. */
public sealed interface ConsoleAnswer {
  /** The type of pages and parts of pages. */
  String HTML = "text/html; charset=utf-8";

  /** An answer that is there as a whole. */
  record Whole(int status, String contentType, Map<String, String> headers, Bytes body)
      implements ConsoleAnswer {
    public Whole {
      headers = Map.copyOf(headers);
    }

    /** The same with one more header. */
    public Whole with(String header, String value) {
      var more = new LinkedHashMap<>(headers);
      more.put(header, value);
      return new Whole(status, contentType, more, body);
    }
  }

  /** An answer that comes in parts. */
  record Parts(String contentType, Map<String, String> headers, Writer writer)
      implements ConsoleAnswer {
    public Parts {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * Writes an answer's body and ends it, or sees to it that it is ended. Called on a thread that
   * may wait for a reader.
   */
  @FunctionalInterface
  interface Writer {
    void write(HttpServerResponse response);
  }

  /** A page, or a part of one. */
  static Whole html(Bytes body) {
    return new Whole(200, HTML, Map.of(), body);
  }

  /** Go and look there (303): what a form is answered with when it was carried out. */
  static Whole redirect(String path) {
    return new Whole(303, "", Map.of("Location", path), Bytes.empty());
  }

  /** This answer, at once. */
  default CompletionStage<ConsoleAnswer> now() {
    return CompletableFuture.completedStage(this);
  }
}
