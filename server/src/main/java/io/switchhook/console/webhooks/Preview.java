package io.switchhook.console.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.switchhook.console.RequestText;
import io.switchhook.target.OutgoingRequest;
import io.switchhook.webhook.RequestShape;
import io.switchhook.webhook.RequestShape.BodyDress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The request that a webhook would send.
 *
 * @param request as it goes over the wire; {@code ""} when it cannot be said
 * @param log the call log in its body, for people; {@code ""} when there is none
 * @param isWithoutAddress true when the target URL is yet to be given
 * @param hints what is allowed, but perhaps not meant
 */
record Preview(
    String request, String curl, String log, boolean isWithoutAddress, List<String> hints) {
  static final Preview NONE = new Preview("", "", "", true, List.of());

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FIELD = "myoperator=";

  Preview {
    hints = List.copyOf(hints);
  }

  static Preview of(RequestShape shape, OutgoingRequest request) {
    var text = new RequestText(shape, request);
    return new Preview(
        text.raw(), text.curl(), log(shape, request), /* isWithoutAddress= */ false, List.of());
  }

  Preview with(boolean withoutAddress, List<String> said) {
    return new Preview(request, curl, log, withoutAddress, said);
  }

  private static String log(RequestShape shape, OutgoingRequest request) {
    var body = request.body();
    if (body == null) {
      return "";
    }
    var json =
        shape.body() == BodyDress.MYOPERATOR
            ? URLDecoder.decode(body.utf8().substring(FIELD.length()), StandardCharsets.UTF_8)
            : body.utf8();
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      return json;
    }
  }
}
