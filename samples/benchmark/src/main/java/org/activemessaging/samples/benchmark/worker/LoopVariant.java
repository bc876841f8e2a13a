package org.activemessaging.samples.benchmark.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.jspecify.annotations.Nullable;

/**
 * A loop around {@code receive} that somebody wrote by hand: it commits every so many
 * messages, or when there is none at the moment. It has no answer to a failure; it is the
 * limit of what can be done with the vendor's client.
 */
final class LoopVariant implements Variant {

	private static final long PATIENCE = 200;

	private final int batch;

	/**
	 * Creates a variant.
	 * @param batch how many messages share a transaction, 1 for sends without a
	 * transaction
	 */
	LoopVariant(int batch) {
		this.batch = batch;
	}

	@Override
	public Running start(Setup setup, @Nullable Consumer<String> handler) throws JMSException {
		Connection connection = Clients.connectionFactory(setup).createConnection();
		connection.start();
		Application application = new Application(setup, connection, this.batch);
		if (handler != null) {
			for (int i = 0; i < setup.consumers(); i++) {
				application.consume(handler);
			}
		}
		return application;
	}

	/**
	 * One connection, with a session for each thread.
	 */
	private static final class Application implements Running {

		private final ThreadLocal<Publisher> publishers = ThreadLocal.withInitial(this::publisher);

		private final List<Thread> threads = new ArrayList<>();

		private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();

		private final Setup setup;

		private final Connection connection;

		private final int batch;

		private volatile boolean running = true;

		Application(Setup setup, Connection connection, int batch) {
			this.setup = setup;
			this.connection = connection;
			this.batch = batch;
		}

		void consume(Consumer<String> handler) {
			Thread thread = new Thread(() -> {
				try (Session session = this.connection.createSession(Session.SESSION_TRANSACTED)) {
					receive(session, handler);
				}
				catch (JMSException | RuntimeException ex) {
					this.failures.add(ex);
				}
			}, "loop");
			this.threads.add(thread);
			thread.start();
		}

		private void receive(Session session, Consumer<String> handler) throws JMSException {
			MessageConsumer consumer = session.createConsumer(Clients.queue(this.setup, session, this.setup.queue()));
			int open = 0;
			while (this.running) {
				Message message = (open == 0) ? consumer.receive(PATIENCE) : consumer.receiveNoWait();
				if (message != null) {
					handler.accept(((TextMessage) message).getText());
					open++;
				}
				if (open == this.batch || message == null && open > 0) {
					session.commit();
					open = 0;
				}
			}
			session.commit();
		}

		private Publisher publisher() {
			try {
				Session session = (this.batch == 1) ? this.connection.createSession(Session.AUTO_ACKNOWLEDGE)
						: this.connection.createSession(Session.SESSION_TRANSACTED);
				return new Publisher(session,
						session.createProducer(Clients.queue(this.setup, session, this.setup.queue())), this.batch);
			}
			catch (JMSException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void publish(String text) throws JMSException {
			this.publishers.get().publish(text);
		}

		@Override
		public void flush() throws JMSException {
			this.publishers.get().flush();
		}

		@Override
		public void close() {
			this.running = false;
			try {
				for (Thread thread : this.threads) {
					thread.join();
				}
				this.connection.close();
			}
			catch (JMSException ex) {
				this.failures.add(ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			if (!this.failures.isEmpty()) {
				throw new IllegalStateException(this.failures.remove());
			}
		}

	}

	/**
	 * The session of one thread that publishes.
	 */
	private static final class Publisher {

		private final Session session;

		private final MessageProducer producer;

		private final int batch;

		private int open;

		Publisher(Session session, MessageProducer producer, int batch) {
			this.session = session;
			this.producer = producer;
			this.batch = batch;
		}

		void publish(String text) throws JMSException {
			this.producer.send(this.session.createTextMessage(text));
			if (this.batch > 1 && ++this.open == this.batch) {
				flush();
			}
		}

		void flush() throws JMSException {
			if (this.open > 0) {
				this.session.commit();
				this.open = 0;
			}
		}

	}

}
