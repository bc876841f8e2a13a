package org.activemessaging.broker.jms;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.contract.RabbitMqUnderTest;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * RabbitMQ 3 by its AMQP 1.0 plugin, which cannot serve.
 */
class QpidOnRabbitMqIT {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	@Test
	void isRefusedWithWhatToUseInstead() {
		try (RabbitMqUnderTest broker = new RabbitMqUnderTest(this.directory, "rabbitmq_amqp1_0")) {
			broker.start();
			Map<String, String> properties = broker.properties();
			ConnectionFactory factory = JmsAdapter
				.ofClass("jobs", JmsConnectionFactory.class.getName(), getClass().getClassLoader(), JmsOptions.NONE)
				.createConnectionFactory(new BrokerProfile("jobs", "voyeur", broker.url(), properties.get("user"),
						properties.get("password"), null, Duration.ofSeconds(1), Duration.ofSeconds(1),
						Duration.ofSeconds(10), Map.of()));
			assertThatExceptionOfType(JMSException.class).isThrownBy(factory::createConnection)
				.withMessageContaining("RabbitMQ 3.")
				.withMessageContaining("adapter 'rabbitmq'");
		}
	}

}
