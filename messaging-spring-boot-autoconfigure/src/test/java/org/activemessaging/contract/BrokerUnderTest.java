package org.activemessaging.contract;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.activemessaging.broker.BrokerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * A real broker that the contract is held against. It runs where it can be killed without
 * killing the test.
 */
public interface BrokerUnderTest extends AutoCloseable {

	/**
	 * The adapter that speaks to it.
	 */
	BrokerAdapter adapter();

	/**
	 * Starts the broker, or starts it again with what it had stored, and waits until it
	 * serves. Does nothing if it runs.
	 */
	void start();

	/**
	 * Kills it as by SIGKILL.
	 */
	void kill();

	/**
	 * The value of {@code messaging.broker.<name>.url}.
	 */
	String url();

	/**
	 * Further properties of {@code messaging.broker.<name>}, by the rest of their names;
	 * {@code user} and {@code password} of somebody who may do everything that the
	 * documentation of the adapter asks for, for example.
	 */
	default Map<String, String> properties() {
		return Map.of();
	}

	/**
	 * Like {@link #properties()}, for somebody who may neither read nor write one queue.
	 * @return {@code null} if this broker cannot refuse anything to anybody
	 */
	default @Nullable Map<String, String> propertiesWithoutPermission(String queue) {
		return null;
	}

	/**
	 * Like {@link #properties()}, with wrong credentials.
	 * @return {@code null} if this broker believes everybody
	 */
	default @Nullable Map<String, String> propertiesOfAStranger() {
		return null;
	}

	/**
	 * The name of a queue, where not every name can be one.
	 * @param base letters and digits
	 */
	default String queueName(String base) {
		return base;
	}

	/**
	 * The name of a queue that keeps the order of message groups.
	 * @param base letters and digits
	 */
	default String orderedQueueName(String base) {
		return queueName(base);
	}

	/**
	 * The number of bytes of the largest payload that the broker takes, at most 1 MiB.
	 */
	default int largestPayload() {
		return 1 << 20;
	}

	/**
	 * Whether messages are there again after {@link #kill()} and {@link #start()}.
	 */
	default boolean keepsMessages() {
		return true;
	}

	/**
	 * Whether it serves again soon after it was killed and started, so that clients need
	 * no more than their usual patience.
	 */
	default boolean recoversSoon() {
		return true;
	}

	/**
	 * Whether numbers and booleans in headers arrive as such, else they arrive as texts.
	 */
	default boolean keepsHeaderTypes() {
		return true;
	}

	/**
	 * Whether a message can say where an answer is to go.
	 */
	default boolean knowsReplyTo() {
		return true;
	}

	/**
	 * How many headers beside those of the library a message can have.
	 */
	default int mostHeaders() {
		return 20;
	}

	/**
	 * Whether a depth that it tells by itself counts what consumers hold as well.
	 */
	default boolean tellsExactDepth() {
		return true;
	}

	/**
	 * Whether who may not write to a queue that exists is refused when sending.
	 */
	default boolean refusesSending() {
		return true;
	}

	/**
	 * Whether it runs in another JVM than the applications.
	 */
	default boolean outlivesApplications() {
		return true;
	}

	/**
	 * Whether {@link #urlThrough(int)} works.
	 */
	default boolean cuttable() {
		return true;
	}

	/**
	 * Like {@link #url()}, by another port.
	 * @param port the port of something on this machine that passes on what it is sent
	 */
	default String urlThrough(int port) {
		return url().replace(":" + port(), ":" + port);
	}

	/**
	 * The port that clients connect to.
	 */
	default int port() {
		Matcher matcher = Pattern.compile(":(\\d+)").matcher(url());
		if (!matcher.find()) {
			throw new IllegalStateException("No port in " + url());
		}
		return Integer.parseInt(matcher.group(1));
	}

	/**
	 * Does what an administrator has to do for a group of a virtual topic before it gets
	 * messages: nothing, where the adapter can.
	 * @param virtualTopic the name of the virtual topic
	 * @param group the group
	 */
	default void provide(String virtualTopic, String group) {
	}

	@Override
	void close();

}
