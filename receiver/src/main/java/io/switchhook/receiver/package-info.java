/**
 * For people who receive webhooks: takes in what any Java web stack knows of a request (method, raw
 * query, headers, body) and gives out a typed call log, or a typed reason why there is none and
 * what to answer. Three lines do it:
 *
 * {@snippet :
 * var receiver = WebhookReceiver.of(Proof.ofHeader("my-super-secret-token", "abc123def"));
 * // then, for each request (here: a servlet's):
 * var reception = receiver.receive(
 *     new ReceivedRequest(request.getMethod(), request.getQueryString(), request::getHeader, body),
 *     told -> work(told.message()));
 * response.setStatus(reception.status());
 * }
 */
@NullMarked
package io.switchhook.receiver;

import org.jspecify.annotations.NullMarked;
