package org.activemessaging.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import jakarta.jms.Message;
import org.activemessaging.broker.Address;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.deadletter.DeadLetters;
import org.activemessaging.delay.DelayQueues;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.filter.MessageFilters;
import org.activemessaging.filter.Routing;
import org.activemessaging.processor.ProcessorDefinition;
import org.activemessaging.redelivery.RedeliveryPolicy;
import org.activemessaging.redelivery.RedeliveryRules;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the containers of processors.
 *
 * @since 0.1.0
 */
public final class ContainerFactory {

	private static final Log logger = LogFactory.getLog(ContainerFactory.class);

	// A message that kills the application has done so within seconds.
	private static final Duration LEASE = Duration.ofSeconds(10);

	private final Turn turn = new Turn(LEASE);

	private final Settings settings;

	private final MessageFilters filters;

	private final DelayQueues delayQueues;

	private final DeadLetters deadLetters;

	private final List<DeliveryListener> listeners;

	private final Invocations invocations;

	private final ProcessObserver observer;

	private final boolean virtualThreads;

	/**
	 * Creates a factory.
	 * @param settings how each processor listens
	 * @param filters the filters around every message
	 * @param delayQueues where messages wait
	 * @param deadLetters where messages end
	 * @param listeners who is told what becomes of messages
	 * @param invocations what stands around the method of each processor
	 * @param observer what accompanies each try
	 * @param virtualThreads whether processors are called on virtual threads, from Java
	 * 21 on
	 */
	public ContainerFactory(Settings settings, MessageFilters filters, DelayQueues delayQueues, DeadLetters deadLetters,
			List<DeliveryListener> listeners, Invocations invocations, ProcessObserver observer,
			boolean virtualThreads) {
		this.settings = settings;
		this.filters = filters;
		this.delayQueues = delayQueues;
		this.deadLetters = deadLetters;
		this.listeners = List.copyOf(listeners);
		this.invocations = invocations;
		this.observer = observer;
		this.virtualThreads = virtualThreads;
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
		DeliveryListener all = new All(listeners);
		FilterChain chain = this.filters
			.chain(Routing.inbound(processor.destination(), processor.id(), processor.group()), ErrorHandling
				.around(processor, this.invocations.around(processor, WindowTry.endOf(processor.method()), all)));
		InboundFlow flow = new InboundFlow(processor, source, chain, settings, this.delayQueues, this.deadLetters, all,
				this.observer);
		ProcessorContainer container = new ProcessorContainer(processor, source, settings, flow, this.turn,
				this.virtualThreads);
		container.afterPropertiesSet();
		if (logger.isInfoEnabled()) {
			logger.info(describe(processor, settings, source));
		}
		if (settings.subscription() != null) {
			logger.warn("Processor '" + processor.id() + "' has the " + settings.subscription() + " of " + source
					+ ": one instance at a time reads it, and the broker keeps what nobody reads. A virtual topic with"
					+ " groups is better in nearly all cases (docs/topics.md)");
		}
		if (settings.acknowledge() == AcknowledgeMode.UNSAFE_AUTO) {
			logger.warn("Processor '" + processor.id() + "' acknowledges messages before they are processed"
					+ " (unsafe-auto): what is in work when the application dies is lost");
		}
		return new ProcessorContainers.Entry(processor, settings, container, statistics);
	}

	// What will happen to a message that fails, said before one does.
	private static String describe(ProcessorDefinition processor, ListenerSettings settings, Address source) {
		RedeliveryRules redelivery = settings.redelivery();
		RedeliveryPolicy policy = redelivery.policy();
		return "Processor '" + processor.id() + "' reads " + source + " of broker '"
				+ processor.destination().broker().name() + "' with concurrency " + settings.concurrency()
				+ "; a message that fails is tried " + policy.maxAttempts() + " times within "
				+ policy.longestTime().toSeconds() + " s, or dies with the application " + policy.crashes()
				+ " times, then moved to " + processor.destination().deadLetterAddress(source)
				+ (redelivery.rules().isEmpty() ? "" : "; but " + redelivery.describe());
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

		@Override
		public void discarded(ProcessorDefinition processor, Throwable failure) {
			for (DeliveryListener listener : this.listeners) {
				listener.discarded(processor, failure);
			}
		}

		@Override
		public void tried(ProcessorDefinition processor, Message message, Throwable failure) {
			for (DeliveryListener listener : this.listeners) {
				listener.tried(processor, message, failure);
			}
		}

		@Override
		public void settled(ProcessorDefinition processor, Message message, @Nullable DeadLetter letter) {
			for (DeliveryListener listener : this.listeners) {
				listener.settled(processor, message, letter);
			}
		}

		@Override
		public void duplicate(ProcessorDefinition processor) {
			for (DeliveryListener listener : this.listeners) {
				listener.duplicate(processor);
			}
		}

	}

}
