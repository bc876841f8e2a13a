package org.activemessaging.listener;

import java.util.concurrent.TimeUnit;

import org.apache.activemq.command.ActiveMQTextMessage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class DeliveryTests {

	@Test
	void waitEndsWhereTheWorkBegins() throws Exception {
		ActiveMQTextMessage message = new ActiveMQTextMessage();
		message.setJMSTimestamp(System.currentTimeMillis() - 5000);
		long startedAt = System.nanoTime() - TimeUnit.SECONDS.toNanos(3);
		assertThat(Delivery.waitMillis(message, startedAt)).isCloseTo(2000, within(50L));
		assertThat(Delivery.waitMillis(message, System.nanoTime())).isCloseTo(5000, within(1000L));
	}

	@Test
	void waitOfAClockThatIsBehindIsNone() throws Exception {
		ActiveMQTextMessage message = new ActiveMQTextMessage();
		message.setJMSTimestamp(System.currentTimeMillis() + 60_000);
		assertThat(Delivery.waitMillis(message, System.nanoTime())).isZero();
	}

	@Test
	void waitOfAMessageWithoutATimeIsUnknown() throws Exception {
		assertThat(Delivery.waitMillis(new ActiveMQTextMessage(), System.nanoTime())).isNegative();
	}

}
