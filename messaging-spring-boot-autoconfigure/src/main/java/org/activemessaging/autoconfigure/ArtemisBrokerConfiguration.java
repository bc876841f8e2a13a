package org.activemessaging.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Configuration;

/**
 * ActiveMQ Artemis.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory")
class ArtemisBrokerConfiguration {

}
