package org.activemessaging.autoconfigure;

import org.springframework.context.annotation.Configuration;

/**
 * Any broker with a client of Jakarta Messaging.
 */
@Configuration(proxyBeanMethods = false)
class JmsBrokerConfiguration {

}
