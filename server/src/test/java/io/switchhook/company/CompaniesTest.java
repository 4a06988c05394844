package io.switchhook.company;

import static io.switchhook.company.Installation.done;
import static io.switchhook.company.Installation.json;
import static io.switchhook.company.Installation.mistakes;
import static io.switchhook.company.Installation.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.event.CompanyId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompaniesTest {
  @TempDir Path folder;

  @Test
  void firstStartMakesTheDefaultCompanyOnce() {
    Company first;
    try (var installation = new Installation(folder)) {
      first = installation.company();
      assertThat(installation.companies.list()).containsExactly(first);
      assertThat(first.partitions().partitions()).hasSize(8);
    }
    try (var installation = new Installation(folder)) {
      assertThat(installation.companies.list()).containsExactly(first);
    }
  }

  @Test
  void companyIsFoundByNameAndById() {
    try (var installation = new Installation(folder)) {
      var acme =
          done(
              installation.companies.add(
                  json("{'name':'acme','company_id':'5cd40f6554442586','after_call_logs':true}")));

      assertThat(installation.companies.find("acme")).contains(acme);
      assertThat(installation.companies.find("5cd40f6554442586")).contains(acme);
      assertThat(installation.companies.find(new CompanyId("5cd40f6554442586"))).contains(acme);
      assertThat(installation.companies.find("ACME")).isEmpty();
      assertThat(acme.afterCallLogs()).isTrue();
    }
  }

  @Test
  void nameAndIdAreTakenOnce() {
    try (var installation = new Installation(folder)) {
      done(installation.companies.add(json("{'name':'acme','company_id':'5cd40f6554442586'}")));

      assertThat(result(installation.companies.add(json("{'name':'acme'}"))))
          .isInstanceOf(Change.Conflict.class);
      assertThat(
              result(
                  installation.companies.add(
                      json("{'name':'other','company_id':'5cd40f6554442586'}"))))
          .isInstanceOf(Change.Conflict.class);
      assertThat(installation.companies.list()).hasSize(2);
    }
  }

  @Test
  void everyMistakeIsNamed() {
    try (var installation = new Installation(folder)) {
      assertThat(
              mistakes(
                  installation.companies.add(
                      json("{'name':'/x','company_id':'ABC','after_call_logs':1,'more':2}"))))
          .hasSize(4)
          .anyMatch(it -> it.startsWith("name: must be"))
          .anyMatch(it -> it.startsWith("company_id: must be 16"))
          .anyMatch(it -> it.startsWith("after_call_logs: must be true or false"))
          .anyMatch(it -> it.startsWith("more: is no field here"));
      assertThat(mistakes(installation.companies.add(json("[]")))).contains(": must be an object");
    }
  }

  @Test
  void afterCallLogsCanBeSwitchedOn() {
    try (var installation = new Installation(folder)) {
      done(
          installation.companies.change(
              installation.company().id(), json("{'after_call_logs':true}")));
    }
    try (var installation = new Installation(folder)) {
      assertThat(installation.company().afterCallLogs()).isTrue();
    }
  }
}
