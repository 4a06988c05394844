package io.switchhook.console;

import io.switchhook.event.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * The files that pages need. Each is served at an address that changes with its content, so that a
 * browser may keep it for good.
 */
public final class Assets {
  private static final String PATH = Console.ROOT + "/assets/";
  private static final String WEB_JARS = "/META-INF/resources/webjars/";
  private static final int HASH_LENGTH = 12;

  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private final Map<String, Asset> all = new LinkedHashMap<>();

  /**
   * One file.
   *
   * @param gzip the same, compressed
   */
  record Asset(String url, String contentType, Bytes plain, Bytes gzip) {}

  private record OfWebJar(String name, String jar, String path) {}

  /** Reads them from the class path. */
  Assets() {
    add("console.css", STYLE, "console.css");
    add("console.js", SCRIPT, "console.js");
    add("live.js", SCRIPT, "live.js");
    add("icon.svg", "image/svg+xml", "icon.svg");
    for (var file :
        List.of(
            new OfWebJar("htmx.js", "htmx.org", "dist/htmx.min.js"),
            new OfWebJar("htmx-sse.js", "htmx-ext-sse", "sse.js"),
            new OfWebJar("uplot.js", "uplot", "dist/uPlot.iife.min.js"),
            new OfWebJar("uplot.css", "uplot", "dist/uPlot.min.css"))) {
      var type = file.name().endsWith(".css") ? STYLE : SCRIPT;
      add(file.name(), type, WEB_JARS + file.jar() + "/" + version(file.jar()) + "/" + file.path());
    }
  }

  /** The address of a file that is there. */
  public String url(String name) {
    return Objects.requireNonNull(all.get(name), name).url();
  }

  /** The file at this address; empty when there is none, or none any more. */
  Optional<Asset> at(String path) {
    return all.values().stream().filter(asset -> asset.url().equals(path)).findFirst();
  }

  private void add(String name, String contentType, String resource) {
    var content = read(resource);
    var url = PATH + hash(content) + "/" + name;
    all.put(
        name, new Asset(url, contentType, Bytes.wrap(content), Packed.gzip(Bytes.wrap(content))));
  }

  /** A WebJar says its version, which is part of its paths, in the notes that Maven left in it. */
  private static String version(String jar) {
    var notes = new Properties();
    try (var stream =
        Objects.requireNonNull(
            Assets.class.getResourceAsStream(
                "/META-INF/maven/org.webjars.npm/" + jar + "/pom.properties"),
            jar)) {
      notes.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own files cannot be read", e);
    }
    return notes.getProperty("version");
  }

  private static byte[] read(String resource) {
    try (var stream =
        Objects.requireNonNull(Assets.class.getResourceAsStream(resource), resource)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own files cannot be read", e);
    }
  }

  private static String hash(byte[] content) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
