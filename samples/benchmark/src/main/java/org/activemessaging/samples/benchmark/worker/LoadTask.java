package org.activemessaging.samples.benchmark.worker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.activemessaging.samples.benchmark.broker.Payload;
import org.activemessaging.samples.benchmark.process.Order;
import org.apache.activemq.ActiveMQConnectionFactory;

/**
 * Handles messages that come in at a given rate, from a generator that is the same for
 * all variants and does not wait for anybody. A message's time counts from when it was
 * meant to leave, so that one which is late makes all that wait behind it late as well.
 * Without a rate, the generator has a bounded number of messages under way: what comes
 * through then is the maximum.
 */
final class LoadTask implements Task {

	private static final int UNDER_WAY = 2000;

	// Waits shorter than that take longer than they should.
	private static final long SHORTEST_WAIT = 60_000;

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	@Override
	public Order run(Variant variant, Order order) throws Exception {
		Setup setup = Setup.of(order);
		int messages = order.number("messages");
		int skipped = messages / 5;
		double rate = order.decimal("rate");
		Tally tally = new Tally(messages, skipped);
		PingTask.Latencies latencies = new PingTask.Latencies(skipped);
		AtomicInteger underWay = new AtomicInteger();
		Variant.Running application = variant.start(setup, (text) -> {
			latencies.handled(text);
			underWay.decrementAndGet();
			tally.accept(text);
		});
		try {
			generate(setup, messages, rate, underWay);
			tally.await(PATIENCE);
		}
		finally {
			application.close();
		}
		tally.check();
		return latencies.answer().with("rate", tally.perSecond());
	}

	private static void generate(Setup setup, int messages, double rate, AtomicInteger underWay) throws JMSException {
		ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(setup.url());
		factory.setUseAsyncSend(true);
		try (Connection connection = factory.createConnection(); Session session = connection.createSession()) {
			MessageProducer producer = session.createProducer(session.createQueue(setup.queue()));
			producer.setDeliveryMode(DeliveryMode.PERSISTENT);
			long begin = System.nanoTime();
			for (int i = 0; i < messages; i++) {
				long due = (rate > 0) ? begin + (long) (i * 1e9 / rate) : System.nanoTime();
				for (long left = due - System.nanoTime(); left > SHORTEST_WAIT; left = due - System.nanoTime()) {
					LockSupport.parkNanos(left);
				}
				while (rate <= 0 && underWay.get() >= UNDER_WAY) {
					LockSupport.parkNanos(SHORTEST_WAIT);
				}
				underWay.incrementAndGet();
				producer.send(session.createTextMessage(Payload.of(i, due)));
			}
		}
	}

}
