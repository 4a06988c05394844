package io.switchhook.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.switchhook.event.Bytes;
import java.nio.file.Path;

/**
 * Renders templates. They were compiled when the program was built; whatever they print is escaped
 * for the place where it stands.
 */
public final class Templates {
  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          Path.of(""), ContentType.Html, Templates.class.getClassLoader(), "io.switchhook.console");

  Templates() {}

  /**
   * Renders a template.
   *
   * @param name its file below {@code src/main/jte}, without the ending: {@code calls/list}
   * @param view the record that is its one parameter
   */
  public Bytes render(String name, Record view) {
    var output = new Utf8ByteOutput();
    engine.render(name + ".jte", view, output);
    return Bytes.wrap(output.toByteArray());
  }

  /** A template as a page, or a part of one. */
  public ConsoleAnswer.Whole page(String name, Record view) {
    return ConsoleAnswer.html(render(name, view));
  }
}
