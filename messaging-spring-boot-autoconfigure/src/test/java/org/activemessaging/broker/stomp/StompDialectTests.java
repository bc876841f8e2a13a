package org.activemessaging.broker.stomp;

import java.util.LinkedHashMap;
import java.util.Map;

import org.activemessaging.broker.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each kind of broker has its own way to write patterns, and to say where a message came
 * from.
 */
class StompDialectTests {

	@ParameterizedTest
	@CsvSource({ "ACTIVEMQ, /topic/Orders.>", "ARTEMIS, Orders.#", "RABBITMQ, /topic/Orders.#" })
	void patternOfTopicsIsWrittenAsTheBrokerWantsIt(StompDialect dialect, String destination) {
		assertThat(subscription(dialect, Address.topic("Orders.>"))).containsEntry("destination", destination);
	}

	@ParameterizedTest
	@CsvSource({ "ACTIVEMQ, /queue/Consumer.g.VirtualTopic.Orders.*, /queue/Consumer.g.VirtualTopic.Orders.*",
			"ARTEMIS, VirtualTopic.Orders.*::Consumer.g.VirtualTopic.Orders.*,"
					+ " VirtualTopic.Orders.redelivered::Consumer.g.VirtualTopic.Orders.*",
			"RABBITMQ, /exchange/VirtualTopic/Orders.*, /queue/Consumer.g.VirtualTopic.Orders.*" })
	void queueOfAGroupIsReadAndWrittenTo(StompDialect dialect, String read, String written) {
		Address queue = Address.queue("Consumer.g.VirtualTopic.Orders.*");
		assertThat(subscription(dialect, queue)).containsEntry("destination", read);
		Map<String, String> headers = new LinkedHashMap<>();
		dialect.address(headers, queue, options());
		assertThat(headers).containsEntry("destination", written);
	}

	@ParameterizedTest
	@CsvSource({ "ACTIVEMQ, /topic/Orders.eu, topic Orders.eu", "ACTIVEMQ, /queue/Encode.a, queue Encode.a",
			"ARTEMIS, VirtualTopic.Orders.eu, topic VirtualTopic.Orders.eu",
			"ARTEMIS, VirtualTopic.Orders.eu::Consumer.g, topic VirtualTopic.Orders.eu",
			"RABBITMQ, /topic/Orders.eu, topic Orders.eu",
			"RABBITMQ, /exchange/VirtualTopic/Orders.eu, topic VirtualTopic.Orders.eu",
			"RABBITMQ, /topic/100%, topic 100%", "RABBITMQ, /topic/a+b, topic a+b" })
	void placeOfAMessageIsWhatTheBrokerSays(StompDialect dialect, String destination, String place) {
		assertThat(dialect.publishedTo(StompFrame.of("MESSAGE", Map.of("destination", destination))))
			.hasToString(place);
	}

	@Test
	void messageOfAGroupWasPublishedToItsTopic() {
		StompFrame frame = StompFrame.of("MESSAGE", Map.of("destination", "/queue/Consumer.g.VirtualTopic.Orders.>",
				"original-destination", "/topic/VirtualTopic.Orders.eu"));
		assertThat(StompDialect.ACTIVEMQ.publishedTo(frame)).isEqualTo(Address.topic("VirtualTopic.Orders.eu"));
	}

	private static Map<String, String> subscription(StompDialect dialect, Address address) {
		Map<String, String> headers = new LinkedHashMap<>();
		dialect.subscription(headers, address, 1, options());
		return headers;
	}

	private static StompOptions options() {
		return StompOptions.of(StompProfiles.of("stomp://localhost:1"));
	}

}
