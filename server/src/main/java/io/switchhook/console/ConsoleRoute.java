package io.switchhook.console;

import io.vertx.core.http.HttpMethod;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One address of a page.
 *
 * @param path below the company's, with parameters: {@code /calls/{uid}}
 */
public record ConsoleRoute(HttpMethod method, String path, Handler handler) {
  /**
   * Answers a request of somebody who has logged in and may use the company. Called on a thread
   * that may wait for a store for a moment; what takes longer completes later.
   */
  @FunctionalInterface
  public interface Handler {
    CompletionStage<ConsoleAnswer> answer(ConsoleRequest request);
  }

  /** A route that shows something. */
  public static ConsoleRoute get(String path, Function<ConsoleRequest, ConsoleAnswer> handler) {
    return new ConsoleRoute(
        HttpMethod.GET, path, request -> CompletableFuture.completedStage(handler.apply(request)));
  }

  /** A route that changes something; only pages of this console reach it. */
  public static ConsoleRoute post(String path, Handler handler) {
    return new ConsoleRoute(HttpMethod.POST, path, handler);
  }
}
