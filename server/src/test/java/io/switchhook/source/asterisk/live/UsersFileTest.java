package io.switchhook.source.asterisk.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.source.asterisk.AsteriskUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersFileTest {
  @TempDir Path folder;

  @Test
  void usersAreReadByHeadingsInAnyOrder() {
    var content =
        UsersCsv.read(
            "\ufeffextension,id,Name,number,email\r\n"
                + "101,u101,\"Asha, \"\"Desk\"\"\",+91 85868 48501,a@example.com\r\n"
                + "\r\n"
                + "102,u102\r\n");

    assertThat(content.mistakes()).isEmpty();
    assertThat(content.users())
        .containsExactly(
            new AsteriskUser(
                "u101", "Asha, \"Desk\"", "a@example.com", "918586848501", "101", "", "", ""),
            new AsteriskUser("u102", "", "", "", "102", "", "", ""));
  }

  @Test
  void allMistakesAreToldWithTheirLines() {
    assertThat(UsersCsv.read("id,extension\nu1,1\nu1,2\n,3\nu4\nu5,5,6\nu6,6\n").mistakes())
        .containsExactly(
            "line 3 has the id of another user, u1",
            "line 4 has no id",
            "line 5 has nothing by which the user is known: extension, number, channel, dial or"
                + " member",
            "line 6 has more cells than there are headings");
    assertThat(UsersCsv.read("name,colour\n").mistakes())
        .hasSize(2)
        .first()
        .asString()
        .contains("colour");
    assertThat(UsersCsv.read("\n").mistakes()).hasSize(1);
  }

  @Test
  void fileIsReadAgainWhenItChangesAndMistakesKeepTheOldUsers() throws IOException {
    var path = folder.resolve("users.csv");
    var file = new UsersFile("lab", path);

    assertThat(file.changed()).isEmpty();
    assertThat(file.problems()).singleElement().asString().contains("cannot be read");
    Files.writeString(path, "id,extension\nu1,1\n");
    assertThat(file.changed().orElseThrow()).hasSize(1);
    assertThat(file.problems()).isEmpty();
    assertThat(file.changed()).isEmpty();
    Files.writeString(path, "id,extension\nu1,1\nu1,22\n");
    assertThat(file.changed()).isEmpty();
    assertThat(file.problems())
        .containsExactly(
            "users-file users.csv: line 3 has the id of another user, u1; the 1 users that were"
                + " read before stay.");
    Files.writeString(path, "id,extension\nu1,1\nu2,22\n");
    assertThat(file.changed().orElseThrow()).hasSize(2);
    assertThat(file.problems()).isEmpty();
  }
}
