package org.activemessaging.samples.broker;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BrokerProcessProperties}.
 */
class BrokerProcessPropertiesTests {

	private static final String PREFIX = "samples.brokers.broker.mq.";

	@ParameterizedTest
	@CsvSource({ "kind, configuration=a.xml, port=1", "configuration, kind=artemis, port=1",
			"port, kind=activemq, configuration=a.xml" })
	void whatIsMissingIsSaid(String missing, String first, String second) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(BrokerProcessAutoConfiguration.class))
			.withPropertyValues(PREFIX + first, PREFIX + second)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("Set 'samples.brokers.broker.<name>." + missing + "'"));
	}

}
