package org.activemessaging.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.activemessaging.broker.Address;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.deadletter.DeadLetters;
import org.activemessaging.delay.DelayQueues;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.filter.MessageFilters;
import org.activemessaging.filter.Routing;
import org.activemessaging.processor.ProcessorDefinition;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Makes the containers of processors.
 *
 * @since 0.1.0
 */
public final class ContainerFactory {

	private static final Log logger = LogFactory.getLog(ContainerFactory.class);

	private final Settings settings;

	private final MessageFilters filters;

	private final DelayQueues delayQueues;

	private final DeadLetters deadLetters;

	private final List<DeliveryListener> listeners;

	/**
	 * Creates a factory.
	 * @param settings how each processor listens
	 * @param filters the filters around every message
	 * @param delayQueues where messages wait
	 * @param deadLetters where messages end
	 * @param listeners who is told what becomes of messages
	 */
	public ContainerFactory(Settings settings, MessageFilters filters, DelayQueues delayQueues, DeadLetters deadLetters,
			List<DeliveryListener> listeners) {
		this.settings = settings;
		this.filters = filters;
		this.delayQueues = delayQueues;
		this.deadLetters = deadLetters;
		this.listeners = List.copyOf(listeners);
	}

	void validate(Set<String> ids) {
		this.settings.validate(ids);
	}

	DelayQueues delayQueues() {
		return this.delayQueues;
	}

	ProcessorContainers.Entry create(ProcessorDefinition processor) {
		ListenerSettings settings = this.settings.apply(processor);
		Address source = processor.destination().subscribeAddress(processor.group());
		ProcessorStatistics statistics = new ProcessorStatistics();
		List<DeliveryListener> listeners = new ArrayList<>(this.listeners);
		listeners.add(0, statistics);
		FilterChain chain = this.filters.chain(
				Routing.inbound(processor.destination(), processor.id(), processor.group()),
				processor.method()::handle);
		InboundFlow flow = new InboundFlow(processor, source, chain, settings, this.delayQueues, this.deadLetters,
				new All(listeners));
		ProcessorContainer container = new ProcessorContainer(processor, source, settings, flow);
		container.afterPropertiesSet();
		if (logger.isInfoEnabled()) {
			logger.info(describe(processor, settings, source));
		}
		if (settings.acknowledge() == AcknowledgeMode.UNSAFE_AUTO) {
			logger.warn("Processor '" + processor.id() + "' acknowledges messages before they are processed"
					+ " (unsafe-auto): what is in work when the application dies is lost");
		}
		return new ProcessorContainers.Entry(processor, settings, container, statistics);
	}

	// What will happen to a message that fails, said before one does.
	private static String describe(ProcessorDefinition processor, ListenerSettings settings, Address source) {
		return "Processor '" + processor.id() + "' reads " + source + " of broker '"
				+ processor.destination().broker().name() + "' with concurrency " + settings.concurrency()
				+ "; a message that fails is tried " + settings.redelivery().maxAttempts() + " times within "
				+ settings.redelivery().longestTime().toSeconds() + " s, then moved to "
				+ processor.destination().deadLetterAddress(source);
	}

	/**
	 * Tells how each processor listens.
	 */
	public interface Settings extends Function<ProcessorDefinition, ListenerSettings> {

		/**
		 * Checks that settings are for processors that exist.
		 * @param ids the ids of all processors
		 * @throws org.activemessaging.MessagingConfigurationException if one is not
		 */
		void validate(Set<String> ids);

	}

	/**
	 * Tells all listeners.
	 */
	private record All(List<DeliveryListener> listeners) implements DeliveryListener {

		@Override
		public void processed(ProcessorDefinition processor, long nanos, long waitMillis) {
			for (DeliveryListener listener : this.listeners) {
				listener.processed(processor, nanos, waitMillis);
			}
		}

		@Override
		public void failed(ProcessorDefinition processor, long nanos, Throwable failure) {
			for (DeliveryListener listener : this.listeners) {
				listener.failed(processor, nanos, failure);
			}
		}

		@Override
		public void redelivered(ProcessorDefinition processor, Duration delay) {
			for (DeliveryListener listener : this.listeners) {
				listener.redelivered(processor, delay);
			}
		}

		@Override
		public void deadLettered(ProcessorDefinition processor, DeadLetter letter) {
			for (DeliveryListener listener : this.listeners) {
				listener.deadLettered(processor, letter);
			}
		}

	}

}
