package io.switchhook;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The test needs programs that {@code ./tools/install-test-parts} installs. Without one of them the
 * test is skipped by name with the reason; with {@code SWITCHHOOK_TEST_PARTS=required} in the
 * environment it fails instead.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsPart.IsInstalled.class)
public @interface NeedsPart {
  /** The programs' names, as they are found on {@code PATH}. */
  String[] value();

  /** Looks for the program. */
  final class IsInstalled implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context
          .getElement()
          .map(element -> element.getAnnotation(NeedsPart.class))
          .map(needed -> evaluate(System.getenv(), needed.value()))
          .orElse(ConditionEvaluationResult.enabled("needs no part"));
    }

    static ConditionEvaluationResult evaluate(Map<String, String> environment, String... programs) {
      var path = environment.getOrDefault("PATH", "");
      var missing = Arrays.stream(programs).filter(it -> !isOnPath(it, path)).toList();
      if (missing.isEmpty()) {
        return ConditionEvaluationResult.enabled(String.join(", ", programs) + ": installed");
      }
      var reason =
          String.join(", ", missing) + ": not installed; ./tools/install-test-parts installs it";
      if ("required".equals(environment.get("SWITCHHOOK_TEST_PARTS"))) {
        throw new IllegalStateException(
            reason + ", and SWITCHHOOK_TEST_PARTS=required asks for it");
      }
      return ConditionEvaluationResult.disabled(reason);
    }

    private static boolean isOnPath(String program, String path) {
      return Arrays.stream(path.split(File.pathSeparator, -1))
          .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
  }
}
