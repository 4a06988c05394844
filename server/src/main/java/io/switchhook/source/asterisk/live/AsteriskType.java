package io.switchhook.source.asterisk.live;

import io.switchhook.config.SectionReader;
import io.switchhook.source.SourceType;

/** Sources of type {@code asterisk}: phone systems with a manager interface (AMI). */
public final class AsteriskType implements SourceType {
  @Override
  public String word() {
    return "asterisk";
  }

  @Override
  public SourceMaker read(SectionReader section) {
    var read = AsteriskSection.read(section);
    return parts -> new AsteriskSource(parts, read);
  }
}
