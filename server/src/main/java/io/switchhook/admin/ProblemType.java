package io.switchhook.admin;

/** The kinds of problems that answers tell of (RFC 9457). Names and statuses never change. */
enum ProblemType {
  MALFORMED("malformed", 400, "The request cannot be read"),
  NO_KEY("key-required", 401, "A known API key is required"),
  UNPROVEN("sender-unproven", 401, "The sender has not proven itself"),
  NOT_ADMIN("admin-key-required", 403, "An admin key is required"),
  NO_RIGHT("right-required", 403, "The key lacks a right"),
  NOT_FOUND("not-found", 404, "There is no such thing"),
  METHOD_NOT_ALLOWED("method-not-allowed", 405, "This address does not take this method"),
  TOO_SLOW("too-slow", 408, "The body came too slowly"),
  CONFLICT("conflict", 409, "Something that exists stands against it"),
  STALE("changed-meanwhile", 412, "It has been changed meanwhile"),
  TOO_LARGE("too-large", 413, "The request is too large"),
  UNSUPPORTED("unsupported-media-type", 415, "The body is of a kind that is not read here"),
  INVALID("invalid", 422, "Something in the request is not allowed"),
  TOO_MANY("too-many", 429, "It is asked for too often"),
  INTERNAL("internal", 500, "Something is broken in the server"),
  DISK_FULL("disk-full", 503, "The disk is full"),
  UNAVAILABLE("unavailable", 503, "The server cannot do this now");

  private final String slug;
  private final int status;
  private final String title;

  ProblemType(String slug, int status, String title) {
    this.slug = slug;
    this.status = status;
    this.title = title;
  }

  String urn() {
    return "urn:switchhook:problem:" + slug;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }
}
