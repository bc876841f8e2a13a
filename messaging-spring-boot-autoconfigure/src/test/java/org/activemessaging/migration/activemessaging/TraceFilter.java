package org.activemessaging.migration.activemessaging;

import org.activemessaging.MessagePublisher;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.filter.FilterFor;
import org.activemessaging.filter.MessageFilter;
import org.activemessaging.filter.Routing;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.messaging.Message;
import org.springframework.stereotype.Component;

@Component
@FilterFor(except = "trace")
class TraceFilter implements MessageFilter {

	private final ObjectProvider<MessagePublisher> publisher;

	TraceFilter(ObjectProvider<MessagePublisher> publisher) {
		this.publisher = publisher;
	}

	@Override
	public void filter(Message<?> message, Routing routing, FilterChain chain) throws Exception {
		chain.proceed(message);
		this.publisher.getObject()
			.publish("trace", new Trace(routing.direction().name(), routing.destination().name(), routing.processor(),
					message.getPayload()));
	}

}
