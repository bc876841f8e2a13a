package org.activemessaging.broker.stomp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.jms.JMSException;
import org.activemessaging.broker.Address;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a broker besides messages. For one thread at a time.
 */
final class StompRequests implements StompSocket.Subscriber {

	private static final String MANAGEMENT = "activemq.management";

	// Instead of a frame, at the end of the connection.
	private static final StompFrame END = StompFrame.of("END", Map.of());

	private final BlockingQueue<StompFrame> frames = new LinkedBlockingQueue<>();

	private final StompSocket socket;

	private final long timeout;

	StompRequests(StompSocket socket) {
		this.socket = socket;
		this.timeout = socket.options().receiptTimeout().toMillis();
	}

	@Override
	public void received(StompSocket from, StompFrame frame) {
		this.frames.add(frame);
	}

	@Override
	public void ended(StompSocket ended) {
		this.frames.add(END);
	}

	/**
	 * Has the broker make a queue by being its consumer for a moment.
	 */
	void declare(Address queue) throws JMSException {
		Map<String, String> headers = new LinkedHashMap<>();
		this.socket.dialect().subscription(headers, queue, 1, this.socket.options());
		headers.put("ack", "client-individual");
		if (this.socket.dialect() != StompDialect.RABBITMQ) {
			// This one wants none of its messages.
			headers.put("selector", "1=0");
		}
		String id = subscribe(headers);
		unsubscribe(id, headers);
	}

	/**
	 * Looks at the first messages of a queue of ActiveMQ.
	 */
	List<StompFrame> browse(Address queue, @Nullable String selector, int limit, long millis) throws JMSException {
		Map<String, String> headers = new LinkedHashMap<>();
		this.socket.dialect().subscription(headers, queue, Math.max(1, limit), this.socket.options());
		headers.put("browser", "true");
		headers.put("ack", "auto");
		if (selector != null) {
			headers.put("selector", selector);
		}
		List<StompFrame> found = new ArrayList<>();
		String id = subscribe(headers);
		long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		StompFrame frame = next(deadline);
		while (frame != null && !frame.header("browser", "").equals("end") && found.size() < limit) {
			found.add(frame);
			frame = next(deadline);
		}
		unsubscribe(id, headers);
		return found;
	}

	/**
	 * Asks the management of Artemis.
	 * @param headers what to ask
	 * @param parameters the parameters of an operation
	 * @return the answer, or {@code null} if there was none in time
	 * @throws JMSException if this user may not ask
	 */
	@Nullable StompFrame manage(Map<String, String> headers, String parameters, long millis) throws JMSException {
		Map<String, String> subscription = new LinkedHashMap<>();
		String replies = "am.replies." + UUID.randomUUID();
		this.socket.dialect().subscription(subscription, Address.queue(replies), 1, this.socket.options());
		subscription.put("ack", "auto");
		String id = subscribe(subscription);
		Map<String, String> request = new LinkedHashMap<>(headers);
		request.put("destination", MANAGEMENT);
		request.put("reply-to", replies);
		this.socket.await(this.socket.request(new StompFrame("SEND", request, StompTextMessage.bytes(parameters))),
				this.timeout);
		StompFrame answer = next(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
		unsubscribe(id, subscription);
		return answer;
	}

	private @Nullable StompFrame next(long deadline) throws JMSException {
		try {
			StompFrame frame = this.frames.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
			if (frame == END) {
				this.socket.check();
			}
			return frame;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	private String subscribe(Map<String, String> headers) throws JMSException {
		String id = "q-" + UUID.randomUUID();
		headers.put("id", id);
		this.frames.clear();
		this.socket.subscribe(id, this);
		this.socket.await(this.socket.request(StompFrame.of("SUBSCRIBE", headers)), this.timeout);
		return id;
	}

	private void unsubscribe(String id, Map<String, String> subscription) throws JMSException {
		Map<String, String> headers = Map.of("id", id, "destination", subscription.getOrDefault("destination", ""));
		this.socket.await(this.socket.request(StompFrame.of("UNSUBSCRIBE", headers)), this.timeout);
		this.socket.unsubscribe(id);
	}

}
