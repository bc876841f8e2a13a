package org.activemessaging.listener;

import org.activemessaging.Acknowledgment;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.ConsumerTransaction;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.processor.ProcessorDefinition;
import org.activemessaging.processor.ProcessorMethod;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;

/**
 * Lets the class of a processor decide about the failures of a call. It stands around
 * what {@link Invocations} have put around the method, and inside all filters.
 *
 * @since 0.1.0
 */
public final class ErrorHandling implements FilterChain {

	private static final Log logger = LogFactory.getLog(ErrorHandling.class);

	private final ProcessorDefinition processor;

	private final FilterChain call;

	private ErrorHandling(ProcessorDefinition processor, FilterChain call) {
		this.processor = processor;
		this.call = call;
	}

	/**
	 * Puts the decision around a call.
	 * @param processor the processor
	 * @param call the call of its method
	 * @return what is called instead, or the call itself if nothing is to be decided
	 */
	public static FilterChain around(ProcessorDefinition processor, FilterChain call) {
		return processor.method().decides() ? new ErrorHandling(processor, call) : call;
	}

	@Override
	public void proceed(Message<?> message) throws Exception {
		ConsumerTransaction transaction = ConsumerTransaction.current();
		int mark = (transaction != null) ? transaction.mark() : 0;
		try {
			this.call.proceed(message);
		}
		catch (Exception ex) {
			decide(ex, message, transaction, mark);
		}
	}

	private void decide(Exception failure, Message<?> message, @Nullable ConsumerTransaction transaction, int mark)
			throws Exception {
		if (transaction != null) {
			transaction.forget(mark);
		}
		ProcessorMethod method = this.processor.method();
		method.decide(failure, message);
		if (transaction != null) {
			transaction.keep();
		}
		if (message.getHeaders().get(MessagingHeaders.ACKNOWLEDGMENT) instanceof Acknowledgment acknowledgment) {
			acknowledgment.acknowledge();
		}
		logger.debug("A failure of " + this.processor + " is dealt with by its @OnError method", failure);
	}

}
