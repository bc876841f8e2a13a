package org.activemessaging.claimcheck;

import org.activemessaging.MessagingHeaders;
import org.activemessaging.filter.Direction;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.filter.MessageFilter;
import org.activemessaging.filter.Routing;

import org.springframework.messaging.Message;

/**
 * Lets messages fail that refer to a payload in a store where no store is configured: a
 * processor must not take the reference for the payload.
 *
 * @since 0.1.0
 */
public final class UnclaimedFilter implements MessageFilter {

	@Override
	public void filter(Message<?> message, Routing routing, FilterChain chain) throws Exception {
		if (routing.direction() == Direction.INBOUND && message.getHeaders().containsKey(MessagingHeaders.CLAIM)) {
			throw new IllegalStateException("The payload of the message is in a claim-check store, but"
					+ " 'messaging.filter.claim-check.enabled' is not true here");
		}
		chain.proceed(message);
	}

}
