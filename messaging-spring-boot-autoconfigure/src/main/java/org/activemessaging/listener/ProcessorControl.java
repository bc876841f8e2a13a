package org.activemessaging.listener;

import org.activemessaging.MessagingConfigurationException;

/**
 * Pauses processors and changes their concurrency while they run. What was changed is not
 * kept when the application ends, and concerns this instance only.
 *
 * @since 0.1.0
 */
public final class ProcessorControl {

	private final ProcessorContainers containers;

	/**
	 * Creates a control.
	 * @param containers the containers of the processors
	 */
	public ProcessorControl(ProcessorContainers containers) {
		this.containers = containers;
	}

	/**
	 * Has a processor take no more messages. What is in work ends; what was handed ahead
	 * goes back to the broker, unless the processor acknowledges by itself or reads a
	 * topic; the connection stays. Returns at once.
	 * @param id its id
	 * @param reason why; it has an effect until it is taken back
	 * @throws MessagingConfigurationException if no processor of that id runs here
	 */
	public void pause(String id, PauseReason reason) {
		this.containers.entry(id).container().pauses().add(reason);
	}

	/**
	 * Takes a reason for a pause back. The processor goes on when it was the last one.
	 * Returns at once.
	 * @param id its id
	 * @param reason the reason that is gone
	 * @throws MessagingConfigurationException if no processor of that id runs here
	 */
	public void resume(String id, PauseReason reason) {
		this.containers.entry(id).container().pauses().remove(reason);
	}

	/**
	 * Changes how many consumers a processor has. Returns before they have all begun or
	 * ended.
	 * @param id its id
	 * @param concurrency how many there are to be
	 * @throws MessagingConfigurationException if no processor of that id runs here
	 * @throws IllegalArgumentException if it reads a topic, of which each consumer would
	 * get every message, or keeps an order
	 */
	public void setConcurrency(String id, Concurrency concurrency) {
		ProcessorContainer container = this.containers.entry(id).container();
		if (container.source().topic() && concurrency.max() > 1) {
			throw new IllegalArgumentException("Processor '" + id + "' reads a topic: a second consumer would get every"
					+ " message again, so its concurrency stays 1");
		}
		if (this.containers.entry(id).definition().method().order() != null && concurrency.max() > 1) {
			throw new IllegalArgumentException(
					"Processor '" + id + "' keeps an order (@OrderedBy), which is that of one"
							+ " consumer, so its concurrency stays 1; lanes process several messages at once");
		}
		container.setConcurrency(concurrency, this.containers::execute);
	}

	/**
	 * Starts a processor that was stopped, or could not be started. Returns before it is
	 * connected.
	 * @param id its id
	 * @throws MessagingConfigurationException if no processor of that id runs here
	 */
	public void start(String id) {
		this.containers.start(id);
	}

	/**
	 * Stops a processor. Returns before it has finished what it is doing.
	 * @param id its id
	 * @throws MessagingConfigurationException if no processor of that id runs here
	 */
	public void stop(String id) {
		this.containers.stop(id);
	}

}
