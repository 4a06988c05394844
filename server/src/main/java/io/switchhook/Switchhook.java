package io.switchhook;

/** The program. */
public final class Switchhook {
  private Switchhook() {}

  /** Runs one command. */
  public static void main(String[] arguments) {
    System.out.println("Switchhook " + arguments.length);
  }
}
