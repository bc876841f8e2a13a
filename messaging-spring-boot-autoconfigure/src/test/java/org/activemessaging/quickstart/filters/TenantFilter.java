package org.activemessaging.quickstart.filters;

import java.util.Set;

import org.activemessaging.StopFilterException;
import org.activemessaging.filter.Direction;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.filter.FilterFor;
import org.activemessaging.filter.MessageFilter;
import org.activemessaging.filter.Routing;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.annotation.Order;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Component;

@Component
@Order(10)
@FilterFor(except = "news")
class TenantFilter implements MessageFilter {

	private final Options options;

	TenantFilter(Options options) {
		this.options = options;
	}

	@Override
	public void filter(Message<?> message, Routing routing, FilterChain chain) throws Exception {
		if (routing.direction() == Direction.OUTBOUND) {
			chain.proceed(MessageBuilder.fromMessage(message).setHeader("tenant", this.options.own()).build());
			return;
		}
		if (!this.options.served().contains(message.getHeaders().get("tenant"))) {
			throw new StopFilterException("Not one of our tenants");
		}
		chain.proceed(message);
	}

	@ConfigurationProperties("tenants")
	record Options(String own, Set<String> served) {
	}

}
