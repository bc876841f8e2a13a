package org.activemessaging.listener;

import java.util.concurrent.TimeUnit;

import jakarta.jms.JMSException;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTextMessage;
import org.apache.activemq.command.MessageId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading the headers of a message. What does that is no public type, and stays so: the
 * benchmark stands in its package instead.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeaderReadingBenchmark {

	private final ActiveMQTextMessage message = message();

	private static ActiveMQTextMessage message() {
		try {
			ActiveMQTextMessage message = new ActiveMQTextMessage();
			message.setMessageId(new MessageId("ID:host-1-2-3:4:5:6:7"));
			message.setDestination(new ActiveMQQueue("WORK"));
			message.setJMSTimestamp(1);
			message.setPersistent(true);
			message.setStringProperty("am_id", "0198c5f0-7a4e-7cc3-98c4-dc0c0c07398f");
			message.setStringProperty("am_content_type", "application/json");
			message.setText("text");
			return message;
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Reads text and headers.
	 * @return the message as filters and processors see it
	 * @throws JMSException never
	 */
	@Benchmark
	public Object read() throws JMSException {
		return InboundMessages.read(this.message, null, Long.MAX_VALUE);
	}

}
