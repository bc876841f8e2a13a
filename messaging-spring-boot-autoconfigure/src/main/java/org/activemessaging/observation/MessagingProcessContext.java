package org.activemessaging.observation;

import java.util.List;

import org.activemessaging.listener.ObservedMessage;
import org.activemessaging.processor.ProcessorDefinition;

/**
 * What is known of a try: of one message, or of those that the processor takes in one
 * call.
 *
 * @since 0.1.0
 */
public final class MessagingProcessContext extends MessagingConsumerContext {

	private final ProcessorDefinition processor;

	MessagingProcessContext(ProcessorDefinition processor, List<ObservedMessage> messages) {
		super(messages);
		this.processor = processor;
	}

	/**
	 * Returns who processes.
	 * @return the processor
	 */
	public ProcessorDefinition processor() {
		return this.processor;
	}

}
