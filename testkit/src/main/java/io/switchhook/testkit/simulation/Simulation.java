package io.switchhook.testkit.simulation;

/** Runs lives of the simulated world. */
public final class Simulation {
  private Simulation() {}

  /** What a life came to. */
  public record Life(long traceHash, Reached reached) {}

  /**
   * Lives the life of a seed; throws a {@link Violation}, or what the engine threw, when a promise
   * was broken.
   */
  public static Life live(long seed) {
    var world = new World(seed);
    return new Life(world.run(), world.reached);
  }
}
