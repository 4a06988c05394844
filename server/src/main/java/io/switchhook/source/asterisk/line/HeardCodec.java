package io.switchhook.source.asterisk.line;

import io.switchhook.source.asterisk.ami.AmiMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;

/** Writes what was heard as bytes, and reads it back. */
final class HeardCodec {
  private HeardCodec() {}

  static byte[] bytes(Heard heard) {
    var bytes = new ByteArrayOutputStream(512);
    try (var out = new DataOutputStream(bytes)) {
      out.writeUTF(heard.what().name());
      out.writeLong(heard.at().toEpochMilli());
      out.writeBoolean(heard.message().isCut());
      out.writeInt(heard.message().fields().size());
      for (var field : heard.message().fields()) {
        write(out, field.name());
        write(out, field.value());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  static Heard heard(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      var what = Heard.What.valueOf(in.readUTF());
      var at = Instant.ofEpochMilli(in.readLong());
      var isCut = in.readBoolean();
      var count = in.readInt();
      var fields = new ArrayList<AmiMessage.Field>(count);
      for (int i = 0; i < count; i++) {
        fields.add(new AmiMessage.Field(read(in), read(in)));
      }
      return new Heard(what, at, new AmiMessage(fields, isCut));
    } catch (IOException e) {
      throw new UncheckedIOException("what was spilled cannot be read back", e);
    }
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    // Not writeUTF: a field may be longer than it takes.
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String read(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
