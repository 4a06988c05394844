/**
 * Who uses the installation, and what they configured: companies, API keys, webhooks, as kept in
 * {@code state.db}. Takes in changes, one after the other; gives out what holds now, and the
 * catalog that routing and delivery go by.
 */
@NullMarked
package io.switchhook.company;

import org.jspecify.annotations.NullMarked;
