package io.switchhook.command.client;

import io.switchhook.command.terminal.Terminal;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to a server. */
public final class ClientOptions {
  /** The environment variable that holds the key. */
  public static final String KEY_VARIABLE = "SWITCHHOOK_KEY";

  /** The folder of the data where nobody names another. */
  public static final String DATA_DEFAULT = "./switchhook-data";

  private static final String ADMIN_KEY_FILE = "admin.key";

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "The server. Default: ${DEFAULT-VALUE}")
  String url = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "The API key. Better in the environment as SWITCHHOOK_KEY, where the list of processes"
              + " does not show it. Without both, DATA/admin.key is read")
  @Nullable String key;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The server's data folder, to find admin.key in when it is on this machine. Default: "
              + DATA_DEFAULT)
  @Nullable Path data;

  @Option(
      names = "--company",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "The company, by name or company_id. Default: ${DEFAULT-VALUE}")
  String company = "";

  @Option(names = "--json", description = "Print the server's answer as JSON.")
  boolean json;

  /** The company's name or id. */
  public String company() {
    return company;
  }

  /** True when answers are wanted as they came. */
  public boolean wantsJson() {
    return json;
  }

  /** The data folder, when one was named. */
  public @Nullable Path data() {
    return data;
  }

  /** The server's API, with the key that was named or found. */
  public Api connect(Terminal terminal) {
    return new Api(server(), access(terminal));
  }

  private URI server() {
    var text = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    try {
      var uri = new URI(text);
      var scheme = String.valueOf(uri.getScheme());
      if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // Said below.
    }
    throw new CommandFailedException(
        "--url must be the address of a server, such as http://127.0.0.1:8080, not: " + url);
  }

  private Api.Access access(Terminal terminal) {
    if (key != null) {
      return checked(key, "--key");
    }
    var fromEnvironment = terminal.environment().getOrDefault(KEY_VARIABLE, "");
    if (!fromEnvironment.isEmpty()) {
      return checked(fromEnvironment, KEY_VARIABLE);
    }
    var folder =
        data != null
            ? data
            : Path.of(
                terminal.environment().getOrDefault("SWITCHHOOK_DATA_DIRECTORY", DATA_DEFAULT));
    var file = folder.resolve(ADMIN_KEY_FILE);
    if (!Files.exists(file)) {
      throw new CommandFailedException(
          "No key: name one with --key or "
              + KEY_VARIABLE
              + ", or the server's data folder with --data (there is no "
              + file
              + ").");
    }
    try {
      return checked(Files.readString(file), file.toString());
    } catch (IOException _) {
      throw new CommandFailedException("The key in " + file + " cannot be read by this user.");
    }
  }

  private static Api.Access checked(String text, String source) {
    var stripped = text.strip();
    if (stripped.isEmpty() || !stripped.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new CommandFailedException(
          "The key from " + source + " is no key: it has other characters than a key has.");
    }
    return new Api.Access(stripped, source);
  }
}
