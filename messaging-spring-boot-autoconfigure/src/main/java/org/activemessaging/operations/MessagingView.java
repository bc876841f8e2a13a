package org.activemessaging.operations;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Everything an operator sees.
 *
 * @param brokers the brokers by name
 * @param destinations the destinations by logical name
 * @param processors the processors that run here, by id
 * @param processorGroups the processor groups by name
 * @param outbox what waits in the outbox by the name of the broker, or {@code null} if
 * there is no outbox
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record MessagingView(Map<String, BrokerView> brokers, Map<String, DestinationView> destinations,
		Map<String, ProcessorView> processors, Map<String, ProcessorGroupView> processorGroups,
		@Nullable Map<String, OutboxView> outbox) {

}
