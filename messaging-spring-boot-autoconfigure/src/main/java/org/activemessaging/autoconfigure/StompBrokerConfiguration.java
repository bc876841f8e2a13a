package org.activemessaging.autoconfigure;

import org.activemessaging.broker.stomp.StompAdapter;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * STOMP.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "reactor.netty.tcp.TcpClient")
class StompBrokerConfiguration {

	@Bean
	StompAdapter stompBrokerAdapter() {
		return new StompAdapter();
	}

}
