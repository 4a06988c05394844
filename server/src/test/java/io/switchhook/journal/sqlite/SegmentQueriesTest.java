package io.switchhook.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A query that reads too much gives the right answer, only late: its plan says so at once. */
class SegmentQueriesTest {
  @Test
  void recordsOfPartitionAreFoundByTheirPlace() throws SQLException {
    assertThat(planOf(Segment.READ))
        .containsExactly(
            "SEARCH record USING INDEX record_place (partition=? AND offset>? AND offset<?)");
  }

  @Test
  void recordsOfCallAreFoundByCall() throws SQLException {
    assertThat(planOf(Segment.READ_CALL))
        .containsExactly(
            "SEARCH record USING INDEX record_call (company=? AND uid=? AND offset>?)");
  }

  @Test
  void partitionsOfCallAreFoundByCall() throws SQLException {
    assertThat(planOf(Segment.PARTITIONS))
        .first()
        .isEqualTo("SEARCH record USING INDEX record_call (company=? AND uid=?)");
  }

  @Test
  void recordsOfCompanyAreFoundByTheirPlace() throws SQLException {
    assertThat(planOf(Segment.READ_COMPANY))
        .containsExactly(
            "SEARCH record USING INDEX record_place (partition=? AND offset>? AND offset<?)");
  }

  @Test
  void trailOfCallIsFoundByCall() throws SQLException {
    assertThat(planOf(Segment.TRAIL))
        .first()
        .isEqualTo("SEARCH record USING INDEX record_call (company=? AND uid=?)");
  }

  private static List<String> planOf(String query) throws SQLException {
    try (var database = DriverManager.getConnection("jdbc:sqlite::memory:");
        var statement = database.createStatement()) {
      for (var step : Segment.SCHEMA.migrations()) {
        statement.executeUpdate(step);
      }
      var plan = new ArrayList<String>();
      try (var row = statement.executeQuery("EXPLAIN QUERY PLAN " + query)) {
        while (row.next()) {
          plan.add(row.getString("detail"));
        }
      }
      return plan;
    }
  }
}
