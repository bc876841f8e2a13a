package org.activemessaging.broker.rabbitmq;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.broker.facade.FacadeConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of one queue. With a prefetch of zero it asks for each message; to wait for
 * one it lets the broker hand over that one. For use by the thread of its session, except
 * for {@link #close()}.
 */
final class RabbitMqConsumer implements FacadeConsumer {

	// How long the first message of a queue may be on its way.
	private static final long ON_ITS_WAY = TimeUnit.MILLISECONDS.toNanos(100);

	private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();

	private final RabbitMqSession session;

	private final Intake intake;

	private final String queue;

	private final Destination source;

	private final int prefetch;

	private final boolean single;

	private volatile @Nullable String subscription;

	private volatile @Nullable JMSException failure;

	private volatile boolean closed;

	/**
	 * Opens a consumer.
	 * @param session the session
	 * @param queue the name of the queue
	 * @param source where its messages come from
	 * @param prefetch how many messages the broker may hand ahead
	 * @param single whether the queue has one consumer at work at a time, which has to
	 * stay subscribed while a message is in work
	 */
	RabbitMqConsumer(RabbitMqSession session, String queue, Destination source, int prefetch, boolean single)
			throws JMSException {
		this.session = session;
		this.intake = session.intake();
		this.queue = queue;
		this.source = source;
		this.single = single;
		// More of them would come back in another order when the consumer is closed.
		this.prefetch = single ? 1 : prefetch;
		this.intake.add(this);
		if (this.prefetch > 0) {
			subscribe(this.prefetch);
		}
	}

	private void subscribe(int messages) throws JMSException {
		try {
			Channel channel = this.intake.channel();
			channel.basicQos(messages, false);
			this.subscription = channel.basicConsume(this.queue, false, new Handler(channel));
		}
		catch (IOException | RuntimeException ex) {
			throw Failures.of("Queue " + this.queue + " cannot be consumed", ex);
		}
	}

	// What was on its way has arrived when the broker answers.
	private void unsubscribe() throws JMSException {
		String tag = this.subscription;
		this.subscription = null;
		if (tag != null) {
			try {
				this.intake.channel().basicCancel(tag);
			}
			catch (IOException | RuntimeException ex) {
				throw Failures.of("Queue " + this.queue + " is still consumed", ex);
			}
		}
	}

	boolean isHandedAhead() {
		return this.prefetch > 0;
	}

	/**
	 * Forgets what was handed ahead, since it is in the queue again.
	 */
	void forget() {
		this.deliveries.clear();
	}

	@Override
	public @Nullable Message receive() throws JMSException {
		return receive(0);
	}

	@Override
	public @Nullable Message receive(long timeout) throws JMSException {
		long end = System.nanoTime()
				+ ((timeout > 0) ? TimeUnit.MILLISECONDS.toNanos(timeout) : TimeUnit.DAYS.toNanos(365));
		if (!this.session.connection().awaitStart(end)) {
			return null;
		}
		Delivery delivery = (this.prefetch > 0) ? await(end) : pull();
		if (delivery == null && this.prefetch == 0) {
			subscribe(1);
			try {
				delivery = await(end);
			}
			finally {
				unsubscribe();
			}
			delivery = (delivery != null) ? delivery : this.deliveries.poll();
		}
		return message(delivery);
	}

	@Override
	public @Nullable Message receiveNoWait() throws JMSException {
		if (!this.session.connection().awaitStart(System.nanoTime())) {
			return null;
		}
		if (this.prefetch == 0) {
			return message(pull());
		}
		boolean mayArrive = this.single && this.intake.unsettled().isEmpty();
		return message(await(mayArrive ? System.nanoTime() + ON_ITS_WAY : System.nanoTime()));
	}

	private @Nullable Delivery await(long end) throws JMSException {
		Delivery delivery = this.deliveries.poll();
		while (delivery == null || delivery == Delivery.NONE) {
			check();
			long left = end - System.nanoTime();
			if (left <= 0) {
				return null;
			}
			try {
				delivery = this.deliveries.poll(left, TimeUnit.NANOSECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return null;
			}
		}
		return delivery;
	}

	private void check() throws JMSException {
		if (this.closed) {
			throw Failures.closed("consumer");
		}
		JMSException failure = this.failure;
		if (failure != null) {
			throw failure;
		}
	}

	private @Nullable Delivery pull() throws JMSException {
		check();
		try {
			GetResponse response = this.intake.channel().basicGet(this.queue, false);
			if (response == null) {
				return null;
			}
			this.intake.received(response.getEnvelope().getDeliveryTag());
			return new Delivery(response.getEnvelope(), response.getProps(), response.getBody());
		}
		catch (IOException | RuntimeException ex) {
			throw Failures.of("Queue " + this.queue + " cannot be read", ex);
		}
	}

	private @Nullable Message message(@Nullable Delivery delivery) throws JMSException {
		if (delivery == null) {
			return null;
		}
		Message message = AmqpMessages.incoming(delivery.envelope(), delivery.properties(), delivery.body(),
				this.source, this.session.acknowledgement());
		this.session.received(message, delivery.envelope().getDeliveryTag());
		return message;
	}

	@Override
	public void close() throws JMSException {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.deliveries.add(Delivery.NONE);
		this.intake.remove(this);
		if (this.failure == null && this.session.isOpen()) {
			unsubscribe();
			List<Long> ahead = new ArrayList<>();
			for (Delivery delivery : this.deliveries) {
				if (delivery != Delivery.NONE && this.intake.isUnsettled(delivery.envelope().getDeliveryTag())) {
					ahead.add(delivery.envelope().getDeliveryTag());
				}
			}
			this.intake.requeue(ahead);
		}
	}

	/**
	 * A message as it arrived.
	 *
	 * @param envelope what the broker says about this delivery
	 * @param properties the properties of the message
	 * @param body its body
	 */
	private record Delivery(Envelope envelope, BasicProperties properties, byte[] body) {

		/**
		 * Wakes up who waits.
		 */
		static final Delivery NONE = new Delivery(new Envelope(0, false, "", ""), new BasicProperties(), new byte[0]);

	}

	/**
	 * Takes what the broker hands over; called by the thread that reads.
	 */
	private final class Handler extends DefaultConsumer {

		Handler(Channel channel) {
			super(channel);
		}

		@Override
		public void handleDelivery(String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
			RabbitMqConsumer.this.intake.received(envelope.getDeliveryTag());
			RabbitMqConsumer.this.deliveries.add(new Delivery(envelope, properties, body));
		}

		@Override
		public void handleRecoverOk(String consumerTag) {
			RabbitMqConsumer.this.intake.recovered();
		}

		@Override
		public void handleCancel(String consumerTag) {
			fail(Failures.lost("Queue " + RabbitMqConsumer.this.queue + " was deleted", null));
		}

		@Override
		public void handleShutdownSignal(String consumerTag, ShutdownSignalException signal) {
			fail(signal.isInitiatedByApplication() ? Failures.closed("session")
					: Failures.of("Queue " + RabbitMqConsumer.this.queue, signal));
		}

		private void fail(JMSException failure) {
			RabbitMqConsumer.this.failure = failure;
			RabbitMqConsumer.this.deliveries.add(Delivery.NONE);
		}

	}

}
