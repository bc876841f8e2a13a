package org.activemessaging.payload;

import java.util.Map;

/**
 * What has become of a payload.
 *
 * @param content a {@code String} or a {@code byte[]}
 * @param headers the headers that belong to it
 * @since 0.1.0
 */
public record WrittenPayload(Object content, Map<String, Object> headers) {

}
