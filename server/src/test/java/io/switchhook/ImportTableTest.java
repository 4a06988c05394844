package io.switchhook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the code to the import table of ARCHITECTURE.md. */
class ImportTableTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.switchhook");
  private static final Pattern ROW = Pattern.compile("\\| ([a-z]+) \\|([a-z, ]*)\\|");

  /** Seen by everybody. */
  private static final Set<String> VOCABULARY = Set.of("event");

  @Test
  void packagesImportOnlyWhatTheTableAllows() throws IOException {
    var table = table();
    var mistakes = new ArrayList<String>();
    for (var origin : CLASSES) {
      for (var dependency : origin.getDirectDependenciesFromSelf()) {
        var target = dependency.getTargetClass();
        if (isOurs(target) && !isAllowed(table, origin, target)) {
          mistakes.add(dependency.getDescription());
        }
      }
    }
    assertThat(mistakes).isEmpty();
  }

  @Test
  void everyPackageHasARow() throws IOException {
    var packages =
        CLASSES.stream()
            .filter(ImportTableTest::isOurs)
            .map(ImportTableTest::stage)
            .distinct()
            .sorted();
    assertThat(table().keySet()).containsAll(packages.filter(stage -> !stage.isEmpty()).toList());
  }

  @Test
  void engineIsSansIo() {
    noClasses()
        .that()
        .resideInAPackage("io.switchhook.delivery.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..",
            "io.netty..",
            "org.slf4j..",
            "java.io..",
            "java.nio..",
            "java.net.http..",
            "java.sql..",
            "java.util.concurrent..",
            "io.switchhook.delivery.worker..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(
            Thread.class, java.time.Clock.class, java.util.Random.class, java.util.UUID.class)
        .check(CLASSES);
  }

  @Test
  void nobodyAsksForTheTimeOrThrowsDiceBehindTheBack() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.switchhook.journal..",
            "io.switchhook.routing..",
            "io.switchhook.delivery..",
            "io.switchhook.target..",
            "io.switchhook.source..")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.util.UUID.class, "randomUUID")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callConstructor(java.util.Random.class)
        .check(CLASSES);
  }

  private static boolean isAllowed(
      Map<String, Set<String>> table, JavaClass origin, JavaClass target) {
    var from = stage(origin);
    var to = stage(target);
    return from.isEmpty()
        || from.equals(to)
        || VOCABULARY.contains(to)
        || (to.equals("sqlite") && origin.getPackageName().endsWith(".sqlite"))
        || table.getOrDefault(from, Set.of()).contains(to);
  }

  /** The first name behind {@code io.switchhook}; empty for the program itself. */
  private static String stage(JavaClass type) {
    var rest = type.getPackageName().substring("io.switchhook".length());
    var end = rest.indexOf('.', 1);
    return rest.isEmpty() ? "" : rest.substring(1, end < 0 ? rest.length() : end);
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith("io.switchhook");
  }

  private static Map<String, Set<String>> table() throws IOException {
    var text = Files.readString(Path.of("../ARCHITECTURE.md"));
    var section =
        text.substring(text.indexOf("## Who may import whom"), text.indexOf("## The heart"));
    var table = new TreeMap<String, Set<String>>();
    for (var line : section.lines().toList()) {
      var row = ROW.matcher(line);
      if (row.matches() && !row.group(1).equals("package")) {
        table.put(row.group(1), Set.of(row.group(2).strip().split(", *", -1)));
      }
    }
    return table;
  }
}
