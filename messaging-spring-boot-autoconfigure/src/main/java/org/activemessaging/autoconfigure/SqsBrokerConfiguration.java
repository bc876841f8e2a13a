package org.activemessaging.autoconfigure;

import org.activemessaging.broker.sqs.SqsAdapter;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Amazon SQS.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "com.amazon.sqs.javamessaging.SQSConnectionFactory")
class SqsBrokerConfiguration {

	@Bean
	SqsAdapter sqsBrokerAdapter() {
		return new SqsAdapter();
	}

}
