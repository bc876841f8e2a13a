package org.activemessaging.destination;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.NamePattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells where the messages of a subscription really come from, which for one with a
 * wildcard is another place for each message. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class ConcreteSource {

	private final BrokerAdapter adapter;

	private final DestinationType type;

	private final Address subscribed;

	private final @Nullable NamePattern pattern;

	/**
	 * Creates a source.
	 * @param destination the destination that is subscribed to
	 * @param subscribed the address that is consumed
	 */
	public ConcreteSource(NamedDestination destination, Address subscribed) {
		this.adapter = destination.broker().adapter();
		this.type = destination.type();
		this.subscribed = subscribed;
		this.pattern = destination.pattern();
	}

	/**
	 * Returns where a message goes that has to come again.
	 * @param message the message as it was received
	 * @return the queue it was in, as the broker says
	 * @throws JMSException if the message cannot be read
	 */
	public Address of(Message message) throws JMSException {
		if (this.pattern == null || this.type != DestinationType.QUEUE) {
			return this.subscribed;
		}
		Address published = this.adapter.publishedTo(message);
		return (published != null && !published.topic() && this.pattern.matches(published.name())) ? published
				: this.subscribed;
	}

	/**
	 * Returns the name of the place that a message was published to, for
	 * {@link MessagingHeaders#SOURCE}.
	 * @param message the message as it was received
	 * @return the physical name as an application would declare it, or {@code null} if it
	 * is not known or the subscription has no wildcard
	 * @throws JMSException if the message cannot be read
	 */
	public @Nullable String name(Message message) throws JMSException {
		if (this.pattern == null) {
			return null;
		}
		// What was moved comes from another place; anybody can write the header, but only
		// of a place whose messages are wanted anyway.
		Object noted = message.getObjectProperty(MessagingHeaders.SOURCE);
		if (noted instanceof String text && this.pattern.matches(text)) {
			return text;
		}
		Address published = this.adapter.publishedTo(message);
		String name = (published == null) ? null
				: (this.type == DestinationType.VIRTUAL_TOPIC) ? virtualTopic(published) : published.name();
		return (name != null && this.pattern.matches(name)) ? name : null;
	}

	// Some brokers have virtual topics by their bare names.
	private @Nullable String virtualTopic(Address published) {
		String recognised = published.topic() ? this.adapter.recogniseVirtualTopic(published.name()) : null;
		return (recognised != null || !published.topic()) ? recognised : published.name();
	}

}
