package io.switchhook.command;

import picocli.CommandLine.IVersionProvider;

/** Which version of the product this is. */
public final class Version implements IVersionProvider {
  /** The version as the program's archive tells it, such as {@code 0.1.0}. */
  public static String text() {
    var fromArchive = Version.class.getPackage().getImplementationVersion();
    return fromArchive == null ? "(built from sources)" : fromArchive;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"Switchhook " + text() + " on Java " + Runtime.version().feature()};
  }
}
