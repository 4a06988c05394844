package io.switchhook.source.asterisk;

/**
 * One of our people. What is not known is {@code ""}.
 *
 * @param id as the account knows them, as {@code u101}
 * @param number digits with the country code, no plus, as {@code 918586848501}
 * @param extension as {@code 101}
 * @param channel the device, as {@code PJSIP/agent101}; known by it when it rings
 * @param dial what is dialled to reach them, as {@code 918586848544@carrier}; known by it
 * @param member the name or interface as a queue's member; known by it
 */
public record AsteriskUser(
    String id,
    String name,
    String email,
    String number,
    String extension,
    String channel,
    String dial,
    String member) {}
