package io.switchhook.console.webhooks;

import java.util.List;

/**
 * The request that a form would send.
 *
 * @param request as it goes over the wire; {@code ""} when it cannot be said
 * @param isWithoutAddress true when the target URL is yet to be given
 * @param hints what is allowed, but perhaps not meant
 */
record Preview(String request, String curl, boolean isWithoutAddress, List<String> hints) {
  static final Preview NONE = new Preview("", "", true, List.of());

  Preview {
    hints = List.copyOf(hints);
  }
}
