package io.switchhook.testkit.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Loads the engine and the simulation anew, with one source changed. */
final class MutantLoader extends ClassLoader {
  private static final List<String> LOADED_ANEW =
      List.of("io.switchhook.delivery.engine.", "io.switchhook.testkit.simulation.");

  private final Map<String, ByteArrayOutputStream> compiled = new HashMap<>();

  MutantLoader(String source, Path file) {
    super(MutantLoader.class.getClassLoader());
    compile(source, file);
  }

  private void compile(String source, Path file) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var says = new StringWriter();
    var files = new InMemory(compiler.getStandardFileManager(null, null, null));
    var classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var options = List.of("-classpath", classPath, "-proc:none", "-nowarn");
    var unit =
        new SimpleJavaFileObject(
            URI.create("string:///" + file.getFileName()), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    if (!compiler.getTask(says, files, null, options, null, List.of(unit)).call()) {
      throw new IllegalStateException("the broken variant does not compile:\n" + says);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (LOADED_ANEW.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      var loaded = findLoadedClass(name);
      if (loaded == null) {
        var bytes = bytesOf(name);
        loaded = defineClass(name, bytes, 0, bytes.length);
      }
      return loaded;
    }
  }

  private byte[] bytesOf(String name) throws ClassNotFoundException {
    var changed = compiled.get(name);
    if (changed != null) {
      return changed.toByteArray();
    }
    try (var stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (stream == null) {
        throw new ClassNotFoundException(name);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    InMemory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      var bytes = new ByteArrayOutputStream();
      compiled.put(className, bytes);
      return new SimpleJavaFileObject(URI.create("mem:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }
  }
}
