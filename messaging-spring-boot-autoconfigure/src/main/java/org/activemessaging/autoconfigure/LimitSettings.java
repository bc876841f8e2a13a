package org.activemessaging.autoconfigure;

import java.time.Duration;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.autoconfigure.MessagingProperties.ListenerProperties;
import org.activemessaging.autoconfigure.MessagingProperties.ProcessorProperties;
import org.activemessaging.listener.Concurrency;
import org.activemessaging.listener.Limits;
import org.activemessaging.listener.Rate;
import org.activemessaging.listener.WindowSettings;
import org.activemessaging.processor.ProcessorDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a processor: what the properties say for it, else what its annotation
 * says, else the default.
 */
final class LimitSettings {

	private static final String UNLIMITED = "unlimited";

	// A consumer holds as much work ahead as it does in a tenth of the window's time.
	private static final int RESERVE = 10;

	private final ListenerProperties defaults;

	LimitSettings(ListenerProperties defaults) {
		this.defaults = defaults;
	}

	Limits apply(ProcessorDefinition processor, @Nullable ProcessorProperties own, String prefix) {
		return new Limits(rate(processor, own, prefix));
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
					"Correct it, for example to '50/s'.", ex);
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
		return rate != null && rate.in(time) < concurrency.max();
	}

}
