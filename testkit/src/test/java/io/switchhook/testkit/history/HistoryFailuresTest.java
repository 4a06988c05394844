package io.switchhook.testkit.history;

import static io.switchhook.testkit.history.Events.COMPANY;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.history.AttemptFigures;
import io.switchhook.history.DeliveryQuery;
import io.switchhook.history.DeliveryRow;
import io.switchhook.history.Failure;
import io.switchhook.history.FailureFilter;
import io.switchhook.history.FailureGroup;
import io.switchhook.history.HistoryStore;
import io.switchhook.history.Page;
import io.switchhook.history.memory.MemoryHistoryStore;
import io.switchhook.history.sqlite.SqliteHistoryStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store says of why deliveries fail, and of how attempts went. */
class HistoryFailuresTest {
  @TempDir Path folder;

  @Nested
  class InMemory extends Contract {
    @Override
    HistoryStore open() {
      return new MemoryHistoryStore();
    }
  }

  @Nested
  class InSqlite extends Contract {
    @Override
    HistoryStore open() {
      return new SqliteHistoryStore(folder);
    }
  }

  abstract static class Contract {
    private final HistoryStore[] opened = new HistoryStore[1];

    abstract HistoryStore open();

    private HistoryStore with(HistoryModel model, Random random) {
      var store = open();
      opened[0] = store;
      model.batches(random).forEach(store::write);
      return store;
    }

    @AfterEach
    void close() {
      opened[0].close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void failuresAreCountedAsTheyAreListed(long seed) {
      var random = new Random(seed);
      var model = HistoryModel.random(random);
      var store = with(model, random);

      for (var i = 0; i < 20; i++) {
        var query = model.randomDeliveryQuery(random);
        var groups = store.failures(query);
        assertThat(groups.stream().mapToLong(FailureGroup::count).sum())
            .as("%s", query)
            .isEqualTo(rows(store, query).stream().filter(row -> Failure.of(row) != null).count());
        for (var group : groups) {
          var narrowed =
              new DeliveryQuery(
                  query.company(),
                  group.webhook(),
                  null,
                  group.outcome(),
                  new FailureFilter.Words(group.failure().words()),
                  query.from(),
                  query.to(),
                  null,
                  query.limit());
          var listed = rows(store, narrowed);
          assertThat(listed)
              .as("%s", narrowed)
              .hasSize((int) group.count())
              .allSatisfy(row -> assertThat(Failure.of(row)).isEqualTo(group.failure()));
          assertThat(listed.getFirst().event().acceptedAt()).isEqualTo(group.newest());
        }
      }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void figuresAreThoseOfTheAttemptsThatAreListed(long seed) {
      var random = new Random(seed);
      var model = HistoryModel.random(random);
      var store = with(model, random);

      for (var webhook : HistoryModel.WEBHOOKS) {
        var query =
            new DeliveryQuery(COMPANY, webhook, null, null, null, null, null, Page.SIZE_MAX);
        var tried =
            rows(store, query).stream()
                .flatMap(row -> row.attempts().reversed().stream())
                .map(attempt -> new AttemptFigures.Tried(attempt.status(), attempt.took()))
                .toList();
        assertThat(store.figures(COMPANY, webhook, Instant.EPOCH))
            .isEqualTo(AttemptFigures.of(tried));
      }
    }

    private static List<DeliveryRow> rows(HistoryStore store, DeliveryQuery query) {
      var found = new ArrayList<DeliveryRow>();
      var next = query;
      while (true) {
        var page = store.deliveries(next);
        found.addAll(page.items());
        if (page.next() == null) {
          return found;
        }
        next =
            new DeliveryQuery(
                query.company(),
                query.webhook(),
                null,
                query.outcome(),
                query.failure(),
                query.from(),
                query.to(),
                page.next(),
                query.limit());
      }
    }
  }
}
