package org.activemessaging.operations;

import java.util.Map;

/**
 * Everything an operator sees.
 *
 * @param brokers the brokers by name
 * @param destinations the destinations by logical name
 * @param processors the processors that run here, by id
 * @param processorGroups the processor groups by name
 * @since 0.1.0
 */
public record MessagingView(Map<String, BrokerView> brokers, Map<String, DestinationView> destinations,
		Map<String, ProcessorView> processors, Map<String, ProcessorGroupView> processorGroups) {

}
