package io.switchhook.examples.servlet;

import io.switchhook.receiver.ReceivedRequest;
import io.switchhook.receiver.Reception.Told;
import io.switchhook.receiver.WebhookReceiver;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * A receiver as a servlet. No filter before it may ask for a parameter of a POST: the container
 * would read the body for it, and nothing would be left to read here.
 */
public final class WebhookServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient WebhookReceiver receiver;
  private final transient Consumer<Told> work;

  /** Gives {@code work} what is told. */
  public WebhookServlet(WebhookReceiver receiver, Consumer<Told> work) {
    this.receiver = receiver;
    this.work = work;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var reception =
        receiver.receive(
            new ReceivedRequest(
                request.getMethod(),
                request.getQueryString(),
                request::getHeader,
                request.getInputStream().readNBytes(WebhookReceiver.BODY_BYTES_MAX + 1)),
            work);
    response.setStatus(reception.status());
    response.setContentType("text/plain; charset=utf-8");
    response.getWriter().println(reception.answer());
  }
}
