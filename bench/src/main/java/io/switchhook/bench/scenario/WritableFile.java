package io.switchhook.bench.scenario;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A file that is to be written at the end of a run; whether that can be is known before, since the
 * run may take an hour.
 */
final class WritableFile implements ITypeConverter<Path> {
  @Override
  public Path convert(String name) {
    var file = Path.of(name).toAbsolutePath();
    var target = Files.exists(file) ? file : file.getParent();
    if (Files.isDirectory(file) || target == null || !Files.isWritable(target)) {
      throw new TypeConversionException("no file can be written at " + file);
    }
    return file;
  }
}
