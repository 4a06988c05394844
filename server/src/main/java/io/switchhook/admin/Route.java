package io.switchhook.admin;

import io.vertx.core.http.HttpMethod;
import java.util.concurrent.CompletionStage;

/**
 * One operation of the API.
 *
 * @param path its template, as in the OpenAPI document: {@code /api/v1/companies/{company}}
 * @param body what is read of the request's body
 */
record Route(HttpMethod method, String path, Access access, Intake body, Handler handler) {
  static final String API = "/api/v1";
  static final String COMPANIES = API + "/companies";
  static final String COMPANY = COMPANIES + "/{company}";

  /** True when it may change what people have set, which is written down with who did it. */
  boolean changesSettings() {
    return !method.equals(HttpMethod.GET)
        && body != Intake.LOGS
        && (access == Access.ADMIN || access == Access.COMPANY);
  }

  /** Whose key opens a route. */
  enum Access {
    /** No key is needed. */
    PUBLIC,
    ADMIN,
    /** A source's door: its sender proves itself by what the source's settings ask for. */
    DOOR,
    /** Admin keys, and keys of the company in the path. */
    COMPANY,
    /** The same, but keys of a company need the right to start calls. */
    CALLS
  }

  /** What is read of the body. */
  enum Intake {
    /** It is thrown away. */
    NOTHING(1_048_576),
    /** Anything, whatever it says that it is. */
    ANYTHING(262_144),
    /** One JSON document. */
    JSON(262_144),
    /** Call logs: JSON or NDJSON. */
    LOGS(1_048_576);

    private final int sizeMax;

    Intake(int sizeMax) {
      this.sizeMax = sizeMax;
    }

    /** The most bytes that are read. */
    int sizeMax() {
      return sizeMax;
    }
  }

  /** Carries the operation out. Called on an event loop: must not block. */
  @FunctionalInterface
  interface Handler {
    CompletionStage<Answer> answer(ApiRequest request);
  }
}
