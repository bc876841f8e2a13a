package org.activemessaging.listener;

import org.activemessaging.filter.FilterChain;
import org.activemessaging.processor.ProcessorDefinition;

/**
 * What stands directly around the method of each processor, inside all filters.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Invocations {

	/**
	 * Puts something around the method of a processor.
	 * @param processor the processor
	 * @param method its method
	 * @param listener who is told what becomes of messages
	 * @return what is called instead, safe for use by many threads, or the method itself
	 * @throws org.activemessaging.MessagingConfigurationException if what the
	 * configuration wants around it cannot be there
	 */
	FilterChain around(ProcessorDefinition processor, FilterChain method, DeliveryListener listener);

}
