package io.switchhook.runtime;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real Asterisk with its phones, in a folder of its own and on free ports of loopback. */
final class LabAsterisk implements AutoCloseable {
  private static final Path TEMPLATES = Path.of("src/test/resources/asterisk");
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int RTP_PORTS = 400;

  private final Path folder;
  private final int amiPort = freeTcpPort();
  private final int tlsPort = freeTcpPort();
  private final int sipPort = freeUdpPort();
  private final int phonesPort = freeUdpPort();
  private final List<Process> processes = new ArrayList<>();
  private Process asterisk;

  LabAsterisk(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    for (var name : List.of("run", "var", "spool", "log")) {
      Files.createDirectories(folder.resolve(name));
    }
    LabCertificate.make(folder);
    copy("etc");
    copy("sipp");
    processes.add(sipp(List.of("-sf", "sipp/uas.xml", "-p", Integer.toString(phonesPort))));
    asterisk = startAsterisk();
    try {
      awaitManager();
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  private void copy(String name) throws IOException {
    Files.createDirectories(folder.resolve(name));
    int rtp = 20_000 + (ProcessHandle.current().hashCode() & 0x1f) * RTP_PORTS;
    try (var files = Files.list(TEMPLATES.resolve(name))) {
      for (var file : files.toList()) {
        var text =
            Files.readString(file)
                .replace("@LAB@", folder.toString())
                .replace("@AMI_PORT@", Integer.toString(amiPort))
                .replace("@AMI_TLS_PORT@", Integer.toString(tlsPort))
                .replace("@SIP_PORT@", Integer.toString(sipPort))
                .replace("@PHONES_PORT@", Integer.toString(phonesPort))
                .replace("@RTP_START@", Integer.toString(rtp))
                .replace("@RTP_END@", Integer.toString(rtp + RTP_PORTS - 1));
        Files.writeString(folder.resolve(name).resolve(file.getFileName().toString()), text);
      }
    }
  }

  private Process startAsterisk() throws IOException {
    return new ProcessBuilder(
            "asterisk", "-f", "-C", folder.resolve("etc/asterisk.conf").toString())
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log/stdout.txt").toFile())
        .start();
  }

  /** Asks again and again until Asterisk says that it is fully booted. */
  private void awaitManager() throws IOException, InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until && asterisk.isAlive()) {
      var asked =
          new ProcessBuilder(
                  "asterisk",
                  "-C",
                  folder.resolve("etc/asterisk.conf").toString(),
                  "-rx",
                  "core waitfullybooted")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (asked.waitFor() == 0) {
        return;
      }
      // Nobody tells when its control socket is there.
      var _ = asterisk.waitFor(200, TimeUnit.MILLISECONDS);
    }
    throw new IOException(Files.readString(folder.resolve("log/stdout.txt")));
  }

  int amiPort() {
    return amiPort;
  }

  /** Where the manager interface speaks TLS. */
  int tlsPort() {
    return tlsPort;
  }

  /** The certificate that it shows there. */
  Path certificate() {
    return folder.resolve("ami.pem");
  }

  /** Somebody calls a number; the process ends with the call. */
  Process call(String scenario, String from, String to, int millis) throws IOException {
    var process =
        sipp(
            List.of(
                "-sf",
                "sipp/" + scenario + ".xml",
                "-p",
                Integer.toString(freeUdpPort()),
                "-s",
                to,
                "-key",
                "caller",
                from,
                "-d",
                Integer.toString(millis),
                "-m",
                "1",
                "127.0.0.1:" + sipPort));
    processes.add(process);
    return process;
  }

  private Process sipp(List<String> arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                "sipp",
                "-i",
                "127.0.0.1",
                "-nostdin",
                "-mp",
                Integer.toString(freeUdpPort()),
                "-timeout",
                "120"));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Asks the manager interface for something, as a person at the console would. */
  void act(String... fields) throws IOException {
    try (var manager = new Manager()) {
      manager.send(fields);
      manager.until("Response: ");
    }
  }

  /** Writes down all that the account of the product hears, byte for byte, until it is closed. */
  AutoCloseable record(Path file) throws IOException {
    var manager = new Manager();
    manager.until("Message: Authentication accepted");
    var bytes = manager.socket.getInputStream();
    var writing =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (var out = Files.newOutputStream(file)) {
                    bytes.transferTo(out);
                  } catch (IOException _) {
                    // The recording is over.
                  }
                });
    return () -> {
      manager.close();
      writing.join();
    };
  }

  /** The channels that there are. */
  List<Map<String, String>> channels() throws IOException {
    try (var manager = new Manager()) {
      manager.send("Action", "CoreShowChannels", "ActionID", "channels");
      var channels = new ArrayList<Map<String, String>>();
      while (true) {
        var message = manager.message();
        if ("CoreShowChannelsComplete".equals(message.get("Event"))) {
          return channels;
        }
        if ("CoreShowChannel".equals(message.get("Event"))) {
          channels.add(message);
        }
      }
    }
  }

  /** Waits until there is a channel of this device that is up, and tells its name. */
  String awaitUp(String device) throws IOException, InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until) {
      for (var channel : channels()) {
        if (channel.getOrDefault("Channel", "").startsWith(device + "-")
            && "Up".equals(channel.get("ChannelStateDesc"))
            && !channel.getOrDefault("BridgeId", "").isEmpty()) {
          return channel.getOrDefault("Channel", "");
        }
      }
      var _ = asterisk.waitFor(100, TimeUnit.MILLISECONDS);
    }
    throw new IOException(device + " is not up: " + channels());
  }

  /** Waits until there is no channel any more. */
  void awaitQuiet() throws IOException, InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until && !channels().isEmpty()) {
      var _ = asterisk.waitFor(100, TimeUnit.MILLISECONDS);
    }
  }

  /** Ends the channels of a device. */
  void hangUp(String device) throws IOException {
    for (var channel : channels()) {
      var name = channel.getOrDefault("Channel", "");
      if (name.startsWith(device + "-")) {
        act("Action", "Hangup", "Channel", name);
      }
    }
  }

  /** Stops the process from running, with all its connections open. */
  void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", signal, Long.toString(asterisk.pid())).start().waitFor();
  }

  private static int freeTcpPort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static int freeUdpPort() {
    try (var socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    asterisk.destroy();
    try {
      if (!asterisk.waitFor(10, TimeUnit.SECONDS)) {
        asterisk.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** A connection of the test's own. */
  private final class Manager implements AutoCloseable {
    private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), amiPort);

    Manager() throws IOException {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      line();
      send("Action", "Login", "Username", "switchhook", "Secret", "lab-only-switchhook");
    }

    void send(String... fields) throws IOException {
      var text = new StringBuilder();
      for (int i = 0; i < fields.length; i += 2) {
        text.append(fields[i]).append(": ").append(fields[i + 1]).append("\r\n");
      }
      socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    void until(String words) throws IOException {
      for (var line = line(); !line.contains(words); line = line()) {}
    }

    Map<String, String> message() throws IOException {
      var fields = new LinkedHashMap<String, String>();
      for (var line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(": ");
        if (colon > 0) {
          fields.put(line.substring(0, colon), line.substring(colon + 2));
        }
      }
      return fields;
    }

    private String line() throws IOException {
      var line = new StringBuilder();
      while (true) {
        int c = socket.getInputStream().read();
        if (c < 0) {
          throw new IOException("the manager closed");
        }
        if (c == '\n') {
          return line.toString().stripTrailing();
        }
        line.append((char) c);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
