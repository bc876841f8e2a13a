package org.activemessaging.autoconfigure;

import java.nio.file.Path;
import java.util.UUID;

import org.activemessaging.broker.activemq.ActiveMqAdapter;
import org.activemessaging.broker.activemq.EmbeddedActiveMq;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.activemq.autoconfigure.ActiveMQConnectionDetails;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * ActiveMQ Classic.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ActiveMQConnectionFactory.class)
class ActiveMqBrokerConfiguration {

	@Bean
	ActiveMqAdapter activeMqBrokerAdapter() {
		return new ActiveMqAdapter();
	}

	/**
	 * A broker that Testcontainers or Docker Compose has started.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ActiveMQConnectionDetails.class)
	static class ConnectionDetailsConfiguration {

		@Bean
		DefaultBrokerProvider.Running activeMqConnectionDetailsProvider(
				ObjectProvider<ActiveMQConnectionDetails> connectionDetails) {
			return () -> {
				ActiveMQConnectionDetails details = connectionDetails.getIfUnique();
				return (details == null) ? null
						: new DefaultBrokerProvider.Location(ActiveMqAdapter.NAME, details.getBrokerUrl(),
								details.getUser(), details.getPassword(), PlainTextCheck.isForDevelopment(details));
			};
		}

	}

	/**
	 * A broker inside the application.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(BrokerService.class)
	static class EmbeddedConfiguration {

		@Bean
		DefaultBrokerProvider.Embedded activeMqEmbeddedBrokerProvider() {
			return new EmbeddedActiveMqProvider();
		}

	}

	/**
	 * Starts the embedded broker when it is asked to.
	 */
	private static final class EmbeddedActiveMqProvider implements DefaultBrokerProvider.Embedded {

		private static final Log logger = LogFactory.getLog(EmbeddedActiveMqProvider.class);

		private @Nullable EmbeddedActiveMq broker;

		@Override
		public DefaultBrokerProvider.Location start(@Nullable Path dataDirectory) {
			// Several applications may run in one JVM, in tests for example.
			String name = "embedded-" + UUID.randomUUID().toString().substring(0, 8);
			EmbeddedActiveMq started = new EmbeddedActiveMq(name, dataDirectory);
			started.start();
			this.broker = started;
			return new DefaultBrokerProvider.Location(ActiveMqAdapter.NAME, started.url(), null, null, true);
		}

		@Override
		public void stop() {
			EmbeddedActiveMq started = this.broker;
			if (started != null) {
				try {
					started.stop();
				}
				catch (Exception ex) {
					logger.warn("The embedded broker was not stopped in an orderly way", ex);
				}
			}
		}

	}

}
