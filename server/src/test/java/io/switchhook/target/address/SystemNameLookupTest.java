package io.switchhook.target.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchhook.target.address.NameLookup.Answer;
import io.switchhook.target.address.NameLookup.Found;
import io.switchhook.target.address.NameLookup.NotFound;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemNameLookupTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();
  private final CountDownLatch released = new CountDownLatch(1);
  private final SystemNameLookup names =
      new SystemNameLookup(this::addresses, nanos::get, Duration.ofSeconds(30));

  private InetAddress[] addresses(String host) throws UnknownHostException {
    asked.incrementAndGet();
    if (host.equals("slow.example.com")) {
      await(released);
    }
    if (host.equals("nowhere.example.com")) {
      throw new UnknownHostException(host);
    }
    return new InetAddress[] {InetAddress.ofLiteral("103.21.77.1")};
  }

  @AfterEach
  void close() {
    released.countDown();
    names.close();
  }

  @Test
  void keepsAnAnswerForFiveSeconds() {
    assertThat(lookup("crm.example.com").join()).isInstanceOf(Found.class);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(5) - 1);
    assertThat(lookup("crm.example.com").join()).isInstanceOf(Found.class);
    assertThat(asked).hasValue(1);
    nanos.addAndGet(1);
    assertThat(lookup("crm.example.com").join()).isInstanceOf(Found.class);
    assertThat(asked).hasValue(2);
  }

  @Test
  void saysThatANameHasNoAddress() {
    assertThat(lookup("nowhere.example.com").join())
        .isEqualTo(new NotFound("the name nowhere.example.com has no address"));
  }

  @Test
  void asksOnceForManyWhoWait() {
    var first = lookup("slow.example.com");
    var second = lookup("slow.example.com");
    assertThat(first).isNotDone();

    released.countDown();

    assertThat(first.join()).isInstanceOf(Found.class);
    assertThat(second.join()).isInstanceOf(Found.class);
    assertThat(asked).hasValue(1);
  }

  @Test
  void givesUpWaitingForNameServersThatDoNotAnswer() {
    try (var hasty = new SystemNameLookup(this::addresses, nanos::get, Duration.ofMillis(20))) {
      var answer = lookup(hasty, "slow.example.com").join();

      assertThat(answer).isInstanceOf(NotFound.class);
      assertThat(((NotFound) answer).words()).contains("slow.example.com", "within 20 ms");
    }
  }

  @Test
  void knowsThisMachineWithoutAsking() {
    assertThat(lookup("localhost").join())
        .isInstanceOfSatisfying(
            Found.class,
            found ->
                assertThat(found.addresses())
                    .extracting(InetAddress::getHostAddress)
                    .containsExactly("127.0.0.1", "0:0:0:0:0:0:0:1"));
    assertThat(asked).hasValue(0);
  }

  private CompletableFuture<Answer> lookup(String host) {
    return lookup(names, host);
  }

  private static CompletableFuture<Answer> lookup(NameLookup names, String host) {
    var answer = new CompletableFuture<Answer>();
    names.lookup(host, answer::complete);
    return answer;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
