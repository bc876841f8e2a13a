package org.activemessaging.receiver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.activemessaging.MessageReceiver.Handler;
import org.activemessaging.MessageReceiver.Reception;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.Support;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.util.Assert;

/**
 * Collects what is said about a receive.
 */
final class DefaultReception implements Reception {

	private final FilteringMessageReceiver receiver;

	private final NamedDestination destination;

	private @Nullable String group;

	private @Nullable String selector;

	DefaultReception(FilteringMessageReceiver receiver, NamedDestination destination, @Nullable String group) {
		this.receiver = receiver;
		this.destination = destination;
		this.group = group;
	}

	@Override
	public Reception group(String group) {
		Assert.notNull(group, "'group' must not be null");
		if (this.destination.type() != DestinationType.VIRTUAL_TOPIC) {
			throw new IllegalArgumentException("The " + this.destination + " is a " + this.destination.type().label()
					+ ", which has no groups, but group '" + group + "' is named");
		}
		if (!NamedDestination.isGroupName(group)) {
			throw new IllegalArgumentException(
					"The group '" + group + "' is not a valid name: letters, digits, '-' and '_' are allowed");
		}
		this.group = group;
		return this;
	}

	@Override
	public Reception selector(String selector) {
		Assert.hasText(selector, "'selector' must not be empty");
		Broker broker = this.destination.broker();
		Support support = broker.adapter().capabilities(broker.profile()).get(Capability.SELECTORS);
		if (support == null || !support.available()) {
			throw new IllegalArgumentException(
					"Messages of " + this.destination + " cannot be chosen by a selector:" + " broker '" + broker.name()
							+ "' (adapter '" + broker.adapter().name() + "') has no " + Capability.SELECTORS.label());
		}
		this.selector = selector;
		return this;
	}

	@Override
	public <T> Optional<Message<T>> receive(Duration timeout, Class<T> payloadType) {
		List<Message<T>> received = new ArrayList<>(1);
		new Receive<T, RuntimeException>(this.receiver, this.destination, this.group, payloadType, received::add, true)
			.within(check(timeout), this.selector);
		return received.stream().findFirst();
	}

	@Override
	public <T, E extends Exception> boolean receive(Duration timeout, Class<T> payloadType, Handler<T, E> handler)
			throws E {
		Assert.notNull(handler, "'handler' must not be null");
		return new Receive<>(this.receiver, this.destination, this.group, payloadType, handler, false)
			.within(check(timeout), this.selector);
	}

	private static Duration check(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		if (timeout.isNegative() || timeout.compareTo(Duration.ofDays(1)) > 0) {
			throw new IllegalArgumentException(
					"The timeout is " + timeout + ", but it must not be negative, nor longer than a day");
		}
		return timeout;
	}

}
