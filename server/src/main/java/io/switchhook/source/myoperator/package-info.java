/**
 * MyOperator accounts as a source: takes in the requests of both generations of the vendor's
 * webhooks, gives out records of the journal in the generation that receivers want. What was
 * answered 200 is on disk, each event is told once, and the events of a call in their order.
 */
@NullMarked
package io.switchhook.source.myoperator;

import org.jspecify.annotations.NullMarked;
