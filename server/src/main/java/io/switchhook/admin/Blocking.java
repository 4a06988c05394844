package io.switchhook.admin;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/** Carries out work that waits for a store, away from the event loops. */
@FunctionalInterface
interface Blocking {
  <T> CompletionStage<T> run(Callable<T> work);
}
