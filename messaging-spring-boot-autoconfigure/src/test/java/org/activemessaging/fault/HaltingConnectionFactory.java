package org.activemessaging.fault;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.jms.JMSException;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.TransactionInfo;
import org.apache.activemq.transport.FutureResponse;
import org.apache.activemq.transport.ResponseCallback;
import org.apache.activemq.transport.Transport;
import org.apache.activemq.transport.TransportFilter;

/**
 * Connections that halt the JVM at a point around the move of a message to the dead
 * letters.
 */
final class HaltingConnectionFactory extends ActiveMQConnectionFactory {

	private final AtomicInteger letters = new AtomicInteger();

	private final Point point;

	private final int after;

	/**
	 * Creates a factory.
	 * @param url the URL of the broker
	 * @param point where to halt
	 * @param after at which dead letter
	 */
	HaltingConnectionFactory(String url, Point point, int after) {
		super(url);
		this.point = point;
		this.after = after;
	}

	@Override
	protected Transport createTransport() throws JMSException {
		return new HaltingTransport(super.createTransport());
	}

	private void at(Point point) {
		if (this.point == point && this.letters.get() >= this.after) {
			Runtime.getRuntime().halt(9);
		}
	}

	/**
	 * Where to halt.
	 */
	enum Point {

		BEFORE_SEND, AFTER_SEND, BEFORE_COMMIT, AFTER_COMMIT

	}

	private final class HaltingTransport extends TransportFilter {

		HaltingTransport(Transport next) {
			super(next);
		}

		@Override
		public void oneway(Object command) throws IOException {
			before(command);
			super.oneway(command);
			after(command);
		}

		@Override
		public FutureResponse asyncRequest(Object command, ResponseCallback callback) throws IOException {
			before(command);
			return super.asyncRequest(command, callback);
		}

		@Override
		public Object request(Object command) throws IOException {
			before(command);
			Object response = super.request(command);
			after(command);
			return response;
		}

		@Override
		public Object request(Object command, int timeout) throws IOException {
			before(command);
			Object response = super.request(command, timeout);
			after(command);
			return response;
		}

		private void before(Object command) {
			if (isLetter(command)) {
				HaltingConnectionFactory.this.letters.incrementAndGet();
				at(Point.BEFORE_SEND);
			}
			else if (isCommit(command)) {
				at(Point.BEFORE_COMMIT);
			}
		}

		private void after(Object command) {
			if (isLetter(command)) {
				at(Point.AFTER_SEND);
			}
			else if (isCommit(command)) {
				at(Point.AFTER_COMMIT);
			}
		}

		private static boolean isLetter(Object command) {
			return command instanceof Message message && message.getDestination().getPhysicalName().startsWith("DLQ.");
		}

		private static boolean isCommit(Object command) {
			return command instanceof TransactionInfo transaction
					&& transaction.getType() == TransactionInfo.COMMIT_ONE_PHASE;
		}

	}

}
