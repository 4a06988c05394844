package io.switchhook.bench.scenario;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A folder that the user names; it must be there. */
final class ExistingFolder implements ITypeConverter<Path> {
  @Override
  public Path convert(String name) {
    var folder = Path.of(name);
    if (!Files.isDirectory(folder)) {
      throw new TypeConversionException("there is no folder " + folder.toAbsolutePath());
    }
    return folder;
  }
}
