package org.activemessaging.autoconfigure;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.NearestMatch;
import org.activemessaging.autoconfigure.MessagingProperties.BrakeProperties;
import org.activemessaging.autoconfigure.MessagingProperties.ListenerProperties;
import org.activemessaging.autoconfigure.MessagingProperties.ProcessorProperties;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.listener.AcknowledgeMode;
import org.activemessaging.listener.BrakeSettings;
import org.activemessaging.listener.Concurrency;
import org.activemessaging.listener.ContainerFactory;
import org.activemessaging.listener.Limits;
import org.activemessaging.listener.ListenerSettings;
import org.activemessaging.listener.WindowSettings;
import org.activemessaging.processor.ProcessorDefinition;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * How each processor listens: what the properties say for it, else what its annotation
 * says, else the default.
 */
final class PropertiesListenerSettings implements ContainerFactory.Settings {

	private static final String AUTO = "auto";

	private static final int MAX_WINDOW = 1000;

	private static final int MAX_LANES = 100;

	private final ListenerProperties defaults;

	private final Map<String, ProcessorProperties> processors;

	private final RedeliverySettings redelivery;

	private final LimitSettings limits;

	private final SubscriptionSettings subscriptions = new SubscriptionSettings();

	PropertiesListenerSettings(ListenerProperties defaults, Map<String, ProcessorProperties> processors, String group) {
		this.defaults = defaults;
		this.processors = processors;
		this.redelivery = new RedeliverySettings(defaults.redelivery());
		this.limits = new LimitSettings(defaults, group);
	}

	@Override
	public void validate(Set<String> ids) {
		for (String id : this.processors.keySet()) {
			if (!ids.contains(id)) {
				throw new MessagingConfigurationException(
						"The property 'messaging.processor." + id + "' is for a processor that does not exist."
								+ NearestMatch.describe(id, ids),
						"Correct the id in 'messaging.processor." + id + "'.");
			}
		}
	}

	@Override
	public ListenerSettings apply(ProcessorDefinition processor) {
		ProcessorProperties own = this.processors.get(processor.id());
		String prefix = "messaging.processor." + processor.id();
		Boolean autoStartup = processor.autoStartup();
		if (own != null && own.autoStartup() != null) {
			autoStartup = own.autoStartup();
		}
		AcknowledgeMode mode = acknowledge(processor, own, prefix);
		int lanes = processor.method().takesWindow() ? oneLane(processor, own, prefix, mode) : lanes(own, prefix, mode);
		Concurrency concurrency = concurrency(processor, own, prefix);
		boolean ordered = processor.method().order() != null || own != null && own.messageGroups();
		Limits limits = this.limits.apply(processor, own, prefix);
		LimitSettings.check(limits, processor, mode, lanes);
		WindowSettings window = this.limits.limit(window(own, prefix, lanes), limits, concurrency, lanes);
		return new ListenerSettings(this.subscriptions.apply(processor, own, prefix), concurrency, mode, window, lanes,
				limits, ordered || this.limits.pulls(limits, concurrency),
				this.redelivery.apply(processor, (own != null) ? own.redelivery() : null, prefix), brake(),
				this.defaults.maxPayloadSize().toBytes(),
				(autoStartup != null) ? autoStartup : this.defaults.autoStartup());
	}

	private WindowSettings window(@Nullable ProcessorProperties own, String prefix, int lanes) {
		Checks.range("messaging.listener.max-window", this.defaults.maxWindow(), 1, MAX_WINDOW);
		Checks.positive("messaging.listener.window-time", this.defaults.windowTime());
		String special = (own != null) ? own.window() : null;
		String property = ((special != null) ? prefix : "messaging.listener") + ".window";
		String window = Objects.requireNonNullElse(special, this.defaults.window()).strip();
		if (window.equalsIgnoreCase(AUTO)) {
			return WindowSettings.auto(lanes, Math.max(lanes, this.defaults.maxWindow()), this.defaults.windowTime());
		}
		int size;
		try {
			size = Integer.parseInt(window);
		}
		catch (NumberFormatException ex) {
			throw new MessagingConfigurationException(
					"The property '" + property + "' is '" + window + "', but it must be '" + AUTO
							+ "' or a number from 1 to " + MAX_WINDOW + ".",
					"Correct '" + property + "', or remove it: '" + AUTO + "' is the default.", ex);
		}
		Checks.range(property, size, 1, MAX_WINDOW);
		if (size < lanes) {
			throw new MessagingConfigurationException(
					"The property '" + property + "' is " + size + ", too few for " + lanes + " lanes.",
					"Set '" + property + "' to '" + AUTO + "', or '" + prefix + ".lanes' to " + size + " at most.");
		}
		return WindowSettings.fixed(size);
	}

	private int lanes(@Nullable ProcessorProperties own, String prefix, AcknowledgeMode mode) {
		Integer special = (own != null) ? own.lanes() : null;
		String property = ((special != null) ? prefix : "messaging.listener") + ".lanes";
		int lanes = Objects.requireNonNullElse(special, this.defaults.lanes());
		Checks.range(property, lanes, 1, MAX_LANES);
		if (lanes > 1 && mode != AcknowledgeMode.TRANSACTED) {
			throw new MessagingConfigurationException(
					"The property '" + property + "' is " + lanes + ", but messages are acknowledged by mode '"
							+ mode.label() + "', in which a window is one message.",
					"Set '" + prefix + ".acknowledge' to 'transacted', or '" + prefix + ".lanes' to 1.");
		}
		return lanes;
	}

	// What is set for all processors is for those that take one message.
	private static int oneLane(ProcessorDefinition processor, @Nullable ProcessorProperties own, String prefix,
			AcknowledgeMode mode) {
		String method = "The method " + processor.method().describe() + " takes a whole window by its List, but ";
		if (mode != AcknowledgeMode.TRANSACTED) {
			throw new MessagingConfigurationException(
					method + "messages are acknowledged by mode '" + mode.label()
							+ "', in which a window is one message.",
					"Set '" + prefix + ".acknowledge' to 'transacted', or have the method take one message.");
		}
		if (own != null && own.lanes() != null && own.lanes() != 1) {
			throw new MessagingConfigurationException(
					method + "the property '" + prefix + ".lanes' is " + own.lanes()
							+ ", which has messages processed one by one.",
					"Remove '" + prefix + ".lanes', or have the method take one message.");
		}
		return 1;
	}

	private Concurrency concurrency(ProcessorDefinition processor, @Nullable ProcessorProperties own, String prefix) {
		String where = "The property 'messaging.listener.concurrency'";
		String text = this.defaults.concurrency();
		boolean topic = processor.destination().type() == DestinationType.TOPIC;
		boolean ordered = processor.method().order() != null;
		if (topic || ordered) {
			// More than one consumer would process each message of a topic more than
			// once,
			// and have no order together.
			text = "1";
		}
		if (processor.concurrency() != null) {
			where = "The attribute 'concurrency' of @SubscribesTo of " + processor.method().describe();
			text = processor.concurrency();
		}
		if (own != null && own.concurrency() != null) {
			where = "The property '" + prefix + ".concurrency'";
			text = own.concurrency();
		}
		Concurrency concurrency;
		try {
			concurrency = Concurrency.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new MessagingConfigurationException(where + " is wrong: " + ex.getMessage() + ".",
					"Correct " + StringUtils.uncapitalize(where) + ", for example to '1-4'.", ex);
		}
		if (topic && concurrency.max() > 1) {
			throw new MessagingConfigurationException(
					where + " is " + concurrency + ", but " + processor
							+ " listens to a plain topic, where each of its consumers would get every message.",
					"Set " + StringUtils.uncapitalize(where)
							+ " to '1', or declare the destination as 'messaging.destination."
							+ processor.destination().name() + ".virtual-topic'.");
		}
		if (ordered && concurrency.max() > 1) {
			throw new MessagingConfigurationException(
					where + " is " + concurrency + ", but @OrderedBy of " + processor.method().describe()
							+ " keeps the order of one consumer.",
					"Set the concurrency to '1', and 'messaging.processor." + processor.id()
							+ ".lanes' to how many messages are to be processed at once.");
		}
		return concurrency;
	}

	private AcknowledgeMode acknowledge(ProcessorDefinition processor, @Nullable ProcessorProperties own,
			String prefix) {
		String where = "The property 'messaging.listener.acknowledge'";
		String text = this.defaults.acknowledge();
		if (processor.acknowledge() != null) {
			where = "The attribute 'acknowledge' of @SubscribesTo of " + processor.method().describe();
			text = processor.acknowledge();
		}
		if (own != null && own.acknowledge() != null) {
			where = "The property '" + prefix + ".acknowledge'";
			text = own.acknowledge();
		}
		String value = text;
		String origin = where;
		AcknowledgeMode mode = AcknowledgeMode.of(value)
			.orElseThrow(() -> new MessagingConfigurationException(
					origin + " is '" + value + "', which is not a mode."
							+ NearestMatch.describe(value, AcknowledgeMode.labels()),
					"Correct " + StringUtils.uncapitalize(origin) + "."));
		if (processor.method().acknowledges() && mode != AcknowledgeMode.CLIENT) {
			throw new MessagingConfigurationException(
					"The method " + processor.method().describe()
							+ " has a parameter of type Acknowledgment, but its messages are acknowledged by mode '"
							+ mode.label() + "'.",
					"Set '" + prefix + ".acknowledge' to 'client', or remove the parameter.");
		}
		AdapterChecks.processor(processor, mode, origin);
		return mode;
	}

	private BrakeSettings brake() {
		BrakeProperties brake = this.defaults.brake();
		Checks.range("messaging.listener.brake.failures", brake.failures(), 1, Integer.MAX_VALUE);
		Checks.positive("messaging.listener.brake.delay", brake.delay());
		Checks.positive("messaging.listener.brake.max-delay", brake.maxDelay());
		return new BrakeSettings(brake.failures(), brake.delay(), brake.maxDelay());
	}

}
