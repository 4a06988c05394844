package io.switchhook.examples.spring;

import io.switchhook.examples.CallBook;
import io.switchhook.receiver.ReceivedRequest;
import io.switchhook.receiver.WebhookReceiver;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The address of the webhook. It reads the request itself: for a {@code @RequestBody} of a form
 * Spring writes the body anew from its parameters, and over that no signature is right.
 */
@RestController
class WebhookController {
  private final WebhookReceiver receiver;
  private final CallBook book;

  WebhookController(WebhookReceiver receiver, CallBook book) {
    this.receiver = receiver;
    this.book = book;
  }

  @RequestMapping("/webhook")
  ResponseEntity<String> webhook(HttpServletRequest request) throws IOException {
    var reception =
        receiver.receive(
            new ReceivedRequest(
                request.getMethod(),
                request.getQueryString(),
                request::getHeader,
                request.getInputStream().readNBytes(WebhookReceiver.BODY_BYTES_MAX + 1)),
            book);
    return ResponseEntity.status(reception.status()).body(reception.answer() + "\n");
  }
}
