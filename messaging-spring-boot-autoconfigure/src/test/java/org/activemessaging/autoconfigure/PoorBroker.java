package org.activemessaging.autoconfigure;

import java.util.EnumMap;
import java.util.Map;

import jakarta.jms.ConnectionFactory;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.Support;
import org.mockito.Mockito;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An adapter of brokers that can do next to nothing, at {@code poor://} addresses. Those
 * at {@code rich://} addresses can do everything, those at {@code plain://} keep nothing
 * for subscribers; none can have a name with an {@code x}.
 */
@Configuration(proxyBeanMethods = false)
class PoorBroker {

	@Bean
	BrokerAdapter poorAdapter() {
		BrokerAdapter adapter = Mockito.mock(BrokerAdapter.class);
		Mockito.when(adapter.name()).thenReturn("poor");
		Mockito.when(adapter.understands(Mockito.anyString()))
			.thenAnswer((call) -> call.<String>getArgument(0).matches("(poor|rich|plain)://.*"));
		Mockito.when(adapter.createConnectionFactory(Mockito.any())).thenReturn(Mockito.mock(ConnectionFactory.class));
		Mockito.when(adapter.capabilities(Mockito.any()))
			.thenAnswer((call) -> capabilities(call.<BrokerProfile>getArgument(0).url()));
		Mockito.when(adapter.virtualTopic(Mockito.anyString()))
			.thenAnswer((call) -> Address.topic(call.getArgument(0)));
		Mockito.when(adapter.groupQueue(Mockito.anyString(), Mockito.anyString()))
			.thenAnswer((call) -> Address.queue(call.getArgument(1) + "-" + call.getArgument(0)));
		Mockito.doAnswer((call) -> {
			if (call.<Address>getArgument(0).name().contains("x")) {
				throw new IllegalArgumentException("letters but 'x' are allowed");
			}
			return null;
		}).when(adapter).check(Mockito.any());
		return adapter;
	}

	private static Map<Capability, Support> capabilities(String url) {
		Map<Capability, Support> capabilities = new EnumMap<>(Capability.class);
		for (Capability capability : Capability.values()) {
			capabilities.put(capability, !url.startsWith("poor") ? Support.natively("riches") : Support.no("too poor"));
		}
		if (url.startsWith("plain")) {
			capabilities.put(Capability.DURABLE_SUBSCRIPTIONS, Support.no("too plain"));
		}
		return capabilities;
	}

}
