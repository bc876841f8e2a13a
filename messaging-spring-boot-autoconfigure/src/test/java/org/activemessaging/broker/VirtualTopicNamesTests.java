package org.activemessaging.broker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link VirtualTopicNames}.
 */
class VirtualTopicNamesTests {

	@Test
	void namesAreThoseOfActiveMq() {
		assertThat(VirtualTopicNames.topic("a.b")).isEqualTo("VirtualTopic.a.b");
		assertThat(VirtualTopicNames.groupQueue("a.b", "my-group")).isEqualTo("Consumer.my-group.VirtualTopic.a.b");
	}

	@ParameterizedTest
	@CsvSource({ "VirtualTopic.a.b, a.b", "News,", "VirtualTopic.,", "My.VirtualTopic.a," })
	void virtualTopicIsRecognisedByItsTopic(String topic, String virtualTopic) {
		assertThat(VirtualTopicNames.recognise(topic)).isEqualTo(virtualTopic);
	}

	@ParameterizedTest
	@CsvSource({ "Consumer.my-group.VirtualTopic.a.b, a.b, VirtualTopic.a.b", "DLQ.Consumer.g.VirtualTopic.a,,",
			"Consumer.VirtualTopic.a,,", "Consumer.my.group.VirtualTopic.a,,", "Orders,," })
	void virtualTopicIsRecognisedByTheQueueOfAGroup(String queue, String virtualTopic, String topic) {
		assertThat(VirtualTopicNames.recogniseGroupQueue(queue)).isEqualTo(virtualTopic);
		assertThat(VirtualTopicNames.topicOf(queue)).isEqualTo(topic);
	}

}
