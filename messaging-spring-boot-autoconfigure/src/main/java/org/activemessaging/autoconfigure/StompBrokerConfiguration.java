package org.activemessaging.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Configuration;

/**
 * STOMP.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "reactor.netty.tcp.TcpClient")
class StompBrokerConfiguration {

}
