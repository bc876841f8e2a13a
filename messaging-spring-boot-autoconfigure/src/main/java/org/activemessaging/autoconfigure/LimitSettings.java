package org.activemessaging.autoconfigure;

import java.time.Duration;
import java.util.Objects;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.autoconfigure.MessagingProperties.ListenerProperties;
import org.activemessaging.autoconfigure.MessagingProperties.ProcessorProperties;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.listener.AcknowledgeMode;
import org.activemessaging.listener.Concurrency;
import org.activemessaging.listener.Limits;
import org.activemessaging.listener.Rate;
import org.activemessaging.listener.WindowSettings;
import org.activemessaging.permit.Permits;
import org.activemessaging.processor.ProcessorDefinition;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The limits of a processor: what the properties say for it, else what its annotation
 * says, else the default.
 */
final class LimitSettings {

	private static final String UNLIMITED = "unlimited";

	// A consumer holds as much work ahead as it does in a tenth of the window's time.
	private static final int RESERVE = 10;

	// A queue of permits is counted as a whole, and ActiveMQ shows 400 messages of one.
	private static final int MAX_PERMITS = 200;

	private final ListenerProperties defaults;

	private final String group;

	LimitSettings(ListenerProperties defaults, String group) {
		this.defaults = defaults;
		this.group = group;
	}

	Limits apply(ProcessorDefinition processor, @Nullable ProcessorProperties own, String prefix) {
		return new Limits(rate(processor, own, prefix), permits(processor, own, prefix));
	}

	private @Nullable Rate rate(ProcessorDefinition processor, @Nullable ProcessorProperties own, String prefix) {
		String where = "The property 'messaging.listener.rate'";
		String text = this.defaults.rate();
		if (processor.rate() != null) {
			where = "The attribute 'rate' of @SubscribesTo of " + processor.method().describe();
			text = processor.rate();
		}
		if (own != null && own.rate() != null) {
			where = "The property '" + prefix + ".rate'";
			text = own.rate();
		}
		if (text.strip().equals(UNLIMITED)) {
			return null;
		}
		try {
			return Rate.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new MessagingConfigurationException(
					where + " is wrong: " + ex.getMessage() + ", or '" + UNLIMITED + "'.",
					"Correct " + StringUtils.uncapitalize(where) + ", for example to '50/s'.", ex);
		}
	}

	private @Nullable Permits permits(ProcessorDefinition processor, @Nullable ProcessorProperties own, String prefix) {
		String where = "The property '" + prefix + ".cluster-concurrency'";
		String text = (own != null && own.clusterConcurrency() != null) ? String.valueOf(own.clusterConcurrency())
				: null;
		if (text == null) {
			where = "The attribute 'clusterConcurrency' of @SubscribesTo of " + processor.method().describe();
			text = processor.clusterConcurrency();
		}
		if (text == null) {
			return null;
		}
		String owner = Objects.requireNonNullElse(processor.group(), this.group) + "." + processor.id();
		Permits permits = new Permits(processor.destination().broker(), owner, number(where, text));
		AdapterChecks.permits(processor, permits, where);
		return permits;
	}

	private static int number(String where, String text) {
		int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
		if (number < 1 || number > MAX_PERMITS) {
			throw new MessagingConfigurationException(
					where + " is '" + text + "', but it must be a number from 1 to " + MAX_PERMITS + ".",
					"Correct " + StringUtils.uncapitalize(where) + ", for example to '8'.");
		}
		return number;
	}

	/**
	 * Checks that permits go together with how the messages of a processor are taken.
	 * @param limits the limits
	 * @param processor the processor
	 * @param mode how its messages are acknowledged
	 * @param lanes how many messages a consumer handles at once
	 */
	static void check(Limits limits, ProcessorDefinition processor, AcknowledgeMode mode, int lanes) {
		if (limits.permits() == null) {
			return;
		}
		String what = "The " + processor + " has a 'cluster-concurrency', but ";
		String prefix = "'messaging.processor." + processor.id();
		if (processor.destination().type() == DestinationType.TOPIC) {
			throw new MessagingConfigurationException(
					what + "listens to a plain topic, of which each instance gets every message.",
					"Declare the destination as 'messaging.destination." + processor.destination().name()
							+ ".virtual-topic', or remove the limit.");
		}
		if (mode != AcknowledgeMode.TRANSACTED) {
			throw new MessagingConfigurationException(
					what + "its messages are acknowledged by mode '" + mode.label()
							+ "', in which nobody knows when one is no longer in work.",
					"Set " + prefix + ".acknowledge' to 'transacted', or remove the limit.");
		}
		if (lanes > 1) {
			throw new MessagingConfigurationException(
					what + "each of its consumers processes " + lanes + " messages at once, in lanes.",
					"Set " + prefix + ".lanes' to 1, and " + prefix + ".concurrency' to more consumers instead.");
		}
	}

	/**
	 * Makes a window small enough for what a consumer may do in its time.
	 * @param window the window of a processor without limits
	 * @param limits the limits
	 * @param concurrency how many consumers share the rate
	 * @param lanes how many messages a consumer handles at once
	 * @return the window
	 */
	WindowSettings limit(WindowSettings window, Limits limits, Concurrency concurrency, int lanes) {
		Rate rate = limits.rate();
		if (rate == null) {
			return window;
		}
		double share = rate.in(this.defaults.windowTime()) / RESERVE / concurrency.max();
		int most = (int) Math.max(lanes, Math.min(window.max(), share));
		return new WindowSettings(Math.min(window.min(), most), most, window.time());
	}

	/**
	 * Tells whether a consumer that is handed a single message ahead holds it for longer
	 * than the time of a window.
	 * @param limits the limits
	 * @param concurrency how many consumers share the rate
	 * @return whether each message has to be pulled
	 */
	boolean pulls(Limits limits, Concurrency concurrency) {
		Rate rate = limits.rate();
		Duration time = this.defaults.windowTime();
		return limits.permits() != null || (rate != null && rate.in(time) < concurrency.max());
	}

}
