package org.activemessaging.samples.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * The brokers that a sample starts, each in a process of its own.
 *
 * @param directory where their data, logs and process ids are
 * @param restartAfter how long a broker that has ended is away before it is started again
 * @param broker the brokers by name
 */
@ConfigurationProperties("samples.brokers")
record BrokerProcessProperties(@DefaultValue("./data/brokers") Path directory,
		@DefaultValue("10s") Duration restartAfter, @DefaultValue Map<String, Settings> broker) {

	/**
	 * One broker.
	 *
	 * @param kind which program it is
	 * @param configuration its own configuration file, on the class path. What it may use
	 * as {@code ${…}}: {@code broker.name}, {@code broker.port}, {@code broker.directory}
	 * and {@code broker.<option>}
	 * @param port where clients find it
	 * @param option further values for its configuration file
	 */
	record Settings(@Nullable Kind kind, @Nullable String configuration, int port,
			@DefaultValue Map<String, String> option) {

		Settings {
			Assert.notNull(kind, "Set 'samples.brokers.broker.<name>.kind' to activemq or artemis");
			Assert.hasText(configuration, "Set 'samples.brokers.broker.<name>.configuration' to a file");
			Assert.isTrue(port > 0, "Set 'samples.brokers.broker.<name>.port' to where clients find the broker");
		}

	}

	/**
	 * What can be started.
	 */
	enum Kind {

		/**
		 * ActiveMQ Classic.
		 */
		ACTIVEMQ,

		/**
		 * Artemis.
		 */
		ARTEMIS

	}

}
