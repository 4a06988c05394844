package io.switchhook.source.asterisk.line;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A manager interface on the loopback address that does what a test wants. */
public final class FakeAmi implements AutoCloseable {
  public static final String SECRET = "right-secret";
  private static final String CHALLENGE = "123456789";
  private static final String PASSWORD = "changeit";

  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<Map<String, String>> actions = new LinkedBlockingQueue<>();
  private final Set<String> denied = ConcurrentHashMap.newKeySet();
  private final List<Map<String, String>> channels = new CopyOnWriteArrayList<>();
  private volatile boolean frozen;
  private volatile boolean knowsChallenge = true;
  private volatile String systemName = "lab1";

  private FakeAmi(ServerSocket server) {
    this.server = server;
    Thread.ofVirtual().start(this::accept);
  }

  public static FakeAmi plain() {
    try {
      return new FakeAmi(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With a certificate of its own, made in {@code folder}; its PEM file is {@code ami.pem}. */
  static FakeAmi encrypted(Path folder) {
    try {
      var store = folder.resolve("ami.p12");
      keytool(
          "-genkeypair",
          "-alias",
          "ami",
          "-keyalg",
          "EC",
          "-groupname",
          "secp256r1",
          "-dname",
          "CN=pbx",
          "-validity",
          "2",
          "-keystore",
          store.toString(),
          "-storetype",
          "PKCS12",
          "-storepass",
          PASSWORD);
      keytool(
          "-exportcert",
          "-rfc",
          "-alias",
          "ami",
          "-keystore",
          store.toString(),
          "-storepass",
          PASSWORD,
          "-file",
          folder.resolve("ami.pem").toString());
      var keys = KeyStore.getInstance("PKCS12");
      try (var in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD.toCharArray());
      }
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, PASSWORD.toCharArray());
      var context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return new FakeAmi(
          context
              .getServerSocketFactory()
              .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keytool(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Answers this action as if the account lacked the right. */
  public FakeAmi denies(String action) {
    denied.add(action);
    return this;
  }

  FakeAmi withoutChallenge() {
    knowsChallenge = false;
    return this;
  }

  FakeAmi withoutSystemName() {
    systemName = "";
    return this;
  }

  /** A channel that snapshots tell. */
  public FakeAmi channel(String... fields) {
    channels.add(map(fields));
    return this;
  }

  /** From now on it answers nothing, and keeps its connections open. */
  void freeze() {
    frozen = true;
  }

  void thaw() {
    frozen = false;
  }

  /** Says something to all who are connected. */
  public void say(String... fields) {
    open.forEach(socket -> write(socket, text(map(fields))));
  }

  /** Says these very bytes. */
  void sayRaw(String text) {
    open.forEach(socket -> write(socket, text));
  }

  /** Breaks all connections. */
  public void cut() {
    open.forEach(OpenSocket::close);
    open.clear();
  }

  /** The next action of this name that somebody asks for. */
  public Map<String, String> awaitAction(String name) throws InterruptedException {
    while (true) {
      var action = actions.poll(20, TimeUnit.SECONDS);
      if (action == null) {
        throw new AssertionError("nobody asked for " + name);
      }
      if (name.equals(action.get("Action"))) {
        return action;
      }
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        Thread.ofVirtual().start(() -> talk(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      write(socket, "Asterisk Call Manager/5.0.4\r\n");
      var in = socket.getInputStream();
      for (var action = read(in); !action.isEmpty(); action = read(in)) {
        actions.add(action);
        if (!frozen) {
          answer(socket, action);
        }
      }
    } catch (IOException _) {
      // The other side went away, which is what some tests want.
    }
    open.remove(socket);
  }

  private void answer(Socket socket, Map<String, String> action) {
    var name = action.getOrDefault("Action", "");
    if (denied.contains(name)) {
      reply(socket, action, "Response", "Error", "Message", "Permission denied");
      return;
    }
    switch (name) {
      case "Challenge" -> {
        if (knowsChallenge) {
          reply(socket, action, "Response", "Success", "Challenge", CHALLENGE);
        } else {
          reply(socket, action, "Response", "Error", "Message", "Must specify AuthType");
        }
      }
      case "Login" -> login(socket, action);
      case "ListCommands" -> commands(socket, action);
      case "CoreSettings" ->
          reply(
              socket,
              action,
              "Response",
              "Success",
              "AsteriskVersion",
              "16.28.0",
              "SystemName",
              systemName);
      case "Status", "CoreShowChannels" -> list(socket, action);
      default -> reply(socket, action, "Response", "Success", "Message", "Done");
    }
  }

  private void login(Socket socket, Map<String, String> action) {
    boolean isRight =
        "MD5".equals(action.get("AuthType"))
            ? md5(CHALLENGE + SECRET).equals(action.get("Key"))
            : SECRET.equals(action.get("Secret"));
    if (isRight) {
      open.add(socket);
      reply(socket, action, "Response", "Success", "Message", "Authentication accepted");
      write(socket, text(map("Event", "FullyBooted", "Privilege", "system,all")));
    } else {
      reply(socket, action, "Response", "Error", "Message", "Authentication failed");
      OpenSocket.close(socket);
    }
  }

  private void commands(Socket socket, Map<String, String> action) {
    var fields = new ArrayList<>(List.of("Response", "Success"));
    for (var command : List.of("Originate", "Status", "CoreShowChannels", "CoreSettings", "Ping")) {
      if (!denied.contains(command)) {
        fields.addAll(List.of(command, "Words"));
      }
    }
    reply(socket, action, fields.toArray(String[]::new));
  }

  private void list(Socket socket, Map<String, String> action) {
    reply(socket, action, "Response", "Success", "EventList", "start");
    var event = "Status".equals(action.get("Action")) ? "Status" : "CoreShowChannel";
    for (var channel : channels) {
      var fields = new LinkedHashMap<String, String>();
      fields.put("Event", event);
      fields.put("ActionID", action.getOrDefault("ActionID", ""));
      fields.putAll(channel);
      write(socket, text(fields));
    }
    write(
        socket,
        text(
            map(
                "Event",
                event + "sComplete",
                "EventList",
                "Complete",
                "ActionID",
                action.getOrDefault("ActionID", ""))));
  }

  private static String md5(String text) {
    try {
      return java.util.HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance("MD5")
                  .digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void reply(Socket socket, Map<String, String> action, String... fields) {
    var all = new LinkedHashMap<>(map(fields));
    var id = action.get("ActionID");
    if (id != null) {
      all.put("ActionID", id);
    }
    write(socket, text(all));
  }

  private static Map<String, String> map(String... fields) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < fields.length; i += 2) {
      map.put(fields[i], fields[i + 1]);
    }
    return map;
  }

  private static String text(Map<String, String> fields) {
    var text = new StringBuilder();
    fields.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text.append("\r\n").toString();
  }

  private static void write(Socket socket, String text) {
    try {
      synchronized (socket) {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
      }
    } catch (IOException _) {
      // The other side went away.
    }
  }

  /** One action; empty at the end. */
  private static Map<String, String> read(InputStream in) throws IOException {
    var fields = new LinkedHashMap<String, String>();
    for (var line = line(in); line != null; line = line(in)) {
      if (line.isEmpty()) {
        return fields;
      }
      int colon = line.indexOf(": ");
      fields.merge(
          line.substring(0, colon), line.substring(colon + 2), (one, two) -> one + "\n" + two);
    }
    return Map.of();
  }

  private static @Nullable String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return line.toString().stripTrailing();
      }
      line.append((char) c);
    }
    return null;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
