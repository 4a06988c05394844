package io.switchhook.calllog;

/**
 * What of an HTTP request tells a receiver about a call.
 *
 * @param method as it stands in the request line
 * @param rawQuery what stands behind the {@code ?}, still encoded; {@code ""} when there is none
 * @param contentType {@code ""} when there is none
 * @param body empty when there is none; not copied, so it must not change
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: it is taken apart at once.
public record WebRequest(String method, String rawQuery, String contentType, byte[] body) {}
