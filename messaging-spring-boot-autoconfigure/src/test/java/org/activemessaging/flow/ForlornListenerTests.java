package org.activemessaging.flow;

import java.time.Duration;

import org.activemessaging.operations.MessagingOperations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The client has reconnected by itself, and the broker has refused its consumer.
 */
@ExtendWith(OutputCaptureExtension.class)
class ForlornListenerTests {

	private final TestBroker broker = TestBroker.start();

	@AfterEach
	void stop() {
		this.broker.close();
	}

	@Test
	void listenerWithoutAConsumerOnTheBrokerIsConnectedAnew(CapturedOutput output) {
		Script script = Script.thatSucceeds();
		Flow.application(this.broker.url(), script).run((context) -> {
			// A consumer that still pulls is opened again soon.
			try (PlainClient client = this.broker.client()) {
				client.sendText(Flow.QUEUE, "before");
			}
			Flow.eventually().until(() -> this.broker.isAnyPrefetching(Flow.QUEUE));
			this.broker.forgetConsumersOf(Flow.QUEUE);
			try (PlainClient client = this.broker.client()) {
				client.sendText(Flow.QUEUE, "order");
			}
			Flow.eventually().atMost(Duration.ofSeconds(40)).until(() -> script.completed().contains("order"));
			assertThat(output).contains("its broker knows of no consumer");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s", "failover:(%s)" })
	void listenerThatIsRefusedAfterAnOutageSaysWhy(String url) {
		Script script = Script.thatSucceeds();
		Flow.application(url.formatted(this.broker.url()), script).run((context) -> {
			Flow.eventually().until(() -> this.broker.consumers(Flow.QUEUE) == 1);
			this.broker.forbidConsumersOf(Flow.QUEUE);
			this.broker.cutConnections();
			Flow.eventually()
				.untilAsserted(() -> assertThat(context.getBean(MessagingOperations.class).processor("script").reason())
					.contains("not authorized to read"));
			this.broker.forbidConsumersOf(null);
			try (PlainClient client = this.broker.client()) {
				client.sendText(Flow.QUEUE, "order");
			}
			Flow.eventually().until(() -> script.completed().contains("order"));
		});
	}

}
