package io.switchhook.console;

import io.switchhook.event.Bytes;
import io.vertx.core.MultiMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Packs pages for browsers that take them so. */
final class Packed {
  /** What is smaller fits into one packet anyway. */
  static final int SIZE_MIN = 1_024;

  private Packed() {}

  /** The answer, packed when it is a page that is worth it. */
  static ConsoleAnswer of(ConsoleAnswer answer, MultiMap requestHeaders) {
    var accepted = requestHeaders.get("Accept-Encoding");
    return answer instanceof ConsoleAnswer.Whole page
            && accepted != null
            && accepted.contains("gzip")
            && page.contentType().equals(ConsoleAnswer.HTML)
            && page.body().size() >= SIZE_MIN
        ? new ConsoleAnswer.Whole(
                page.status(), page.contentType(), page.headers(), gzip(page.body()))
            .with("Content-Encoding", "gzip")
            .with("Vary", "Accept-Encoding")
        : answer;
  }

  static Bytes gzip(Bytes content) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(content.array());
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return Bytes.wrap(out.toByteArray());
  }
}
