package io.switchhook.company;

import io.switchhook.event.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a key that somebody has shown, to look again later whether it still holds; the
 * key cannot be told from it.
 *
 * @param keyId null for the admin key of the environment
 * @param hash of the key's text
 */
public record KeyProof(@Nullable String keyId, Bytes hash) {}
