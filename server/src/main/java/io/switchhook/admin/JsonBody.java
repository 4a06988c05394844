package io.switchhook.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.switchhook.event.Bytes;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Reads a body that is one JSON document: no key twice, nothing behind it, not deep. */
final class JsonBody {
  private static final int DEPTH_MAX = 32;
  private static final int NUMBER_LENGTH_MAX = 64;

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(NUMBER_LENGTH_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonBody() {}

  /** Goes on with the document, or answers that it is none. */
  static CompletionStage<Answer> read(
      Bytes body, Function<JsonNode, CompletionStage<Answer>> next) {
    JsonNode json;
    try {
      json = STRICT.readTree(body.array());
    } catch (JsonProcessingException e) {
      return notJson(e).now();
    } catch (IOException e) {
      return Answer.problem(ProblemType.MALFORMED, "The body is not UTF-8; nothing was changed.")
          .now();
    }
    return json.isMissingNode()
        ? Answer.problem(ProblemType.MALFORMED, "The body is empty; a JSON object is expected.")
            .now()
        : next.apply(json);
  }

  /** The same where an empty body stands for an empty object. */
  static CompletionStage<Answer> readOptional(
      Bytes body, Function<JsonNode, CompletionStage<Answer>> next) {
    return body.size() == 0 ? next.apply(STRICT.createObjectNode()) : read(body, next);
  }

  private static Answer notJson(JsonProcessingException e) {
    var location = e.getLocation();
    var where =
        location == null
            ? ""
            : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    var words = e.getOriginalMessage().lines().findFirst().orElse("it cannot be read");
    return Answer.problem(
        ProblemType.MALFORMED, "The body is not JSON: " + where + words + "; nothing was changed.");
  }
}
