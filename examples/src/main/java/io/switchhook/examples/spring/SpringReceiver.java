package io.switchhook.examples.spring;

import io.switchhook.examples.CallBook;
import io.switchhook.receiver.Proof;
import io.switchhook.receiver.WebhookReceiver;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * A receiver in a Spring Boot application; {@code webhook.token}, {@code webhook.secret} and {@code
 * webhook.calls} are its properties.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class SpringReceiver {
  /** Runs it. */
  public static void main(String[] arguments) {
    SpringApplication.run(SpringReceiver.class, arguments);
  }

  /** One receiver for each webhook: it remembers what that one told. */
  @Bean
  WebhookReceiver receiver(
      @Value("${webhook.token}") String token, @Value("${webhook.secret}") String secret) {
    return WebhookReceiver.of(
        Proof.ofHeader("my-super-secret-token", token)
            .andSignature(Proof.TOLERANCE_DEFAULT, secret));
  }

  /** Where what is told goes. */
  @Bean
  CallBook book(@Value("${webhook.calls}") Path file) {
    return new CallBook(file);
  }
}
