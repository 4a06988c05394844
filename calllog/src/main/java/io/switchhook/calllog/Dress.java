package io.switchhook.calllog;

/** How a call log stood in a request. */
public enum Dress {
  /** Form field {@code myoperator}, as the vendor's page shows it. */
  FORM_FIELD("form field myoperator"),
  /** Form field {@code data}. */
  DATA_FIELD("form field data"),
  /** The JSON body itself. */
  JSON("JSON body"),
  /** {@code {"myoperator": {…}}}. */
  WRAPPED_OBJECT("JSON body with an object myoperator"),
  /** {@code {"myoperator": "<JSON text>"}}. */
  WRAPPED_TEXT("JSON body with a text myoperator"),
  /**
   * {@code myoperator=} and JSON that nobody encoded, as {@code curl -d myoperator={…}} sends it.
   */
  RAW_TEXT("myoperator= and plain JSON");

  private final String words;

  Dress(String words) {
    this.words = words;
  }

  /** It in words for people. */
  public String words() {
    return words;
  }
}
