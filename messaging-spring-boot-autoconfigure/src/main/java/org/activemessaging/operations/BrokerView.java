package org.activemessaging.operations;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A broker as an operator sees it.
 *
 * @param adapter the adapter that speaks to it
 * @param url its URL, without credentials and options
 * @param status whether it answers
 * @param isDefault whether it is the broker of destinations that name none
 * @param since since when the status has been what it is
 * @param reason why it does not answer
 * @param capabilities what it can do, and whether by itself
 * @param warnings what an operator has to know about it, although it answers
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record BrokerView(String adapter, String url, BrokerStatus status, @JsonProperty("default") boolean isDefault,
		Instant since, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
		Map<String, String> capabilities, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings) {

}
