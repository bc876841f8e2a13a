package org.activemessaging.request;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.ConsumerTransaction;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.filter.MessageFilters;
import org.activemessaging.filter.Routing;
import org.activemessaging.listener.MinuteLog;
import org.activemessaging.payload.PayloadConverter;
import org.activemessaging.payload.WrittenPayload;
import org.activemessaging.processor.Replies;
import org.activemessaging.publisher.OutboundHeaders;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.jms.support.JmsHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * Replies to messages that say where to, in the transaction of the message. As anybody
 * can write there what he likes, a reply goes to a temporary queue, to a queue whose name
 * begins with {@value #PREFIX}, or to a declared queue, and nowhere else.
 *
 * @since 0.1.0
 */
public final class JmsReplies implements Replies {

	/**
	 * The beginning of the names of queues for replies.
	 */
	public static final String PREFIX = "REPLY.";

	private static final Log logger = LogFactory.getLog(JmsReplies.class);

	private final MinuteLog refused = new MinuteLog(logger::warn);

	private final NamedDestinations destinations;

	private final MessageFilters filters;

	private final PayloadConverter converter;

	/**
	 * Creates it.
	 * @param destinations the declared destinations
	 * @param filters the filters around every message
	 * @param converter what writes payloads
	 */
	public JmsReplies(NamedDestinations destinations, MessageFilters filters, PayloadConverter converter) {
		this.destinations = destinations;
		this.filters = filters;
		this.converter = converter;
	}

	@Override
	public void reply(NamedDestination destination, Message<?> request, Object result) throws Exception {
		Object replyTo = request.getHeaders().get(JmsHeaders.REPLY_TO);
		ConsumerTransaction transaction = ConsumerTransaction.current(destination.broker());
		Object payload = (result instanceof Optional<?> optional) ? optional.orElse(null) : result;
		if (!(replyTo instanceof Destination to) || transaction == null || payload == null) {
			return;
		}
		String name = nameOfAllowed(to, destination.broker());
		if (name == null) {
			this.refused.add("No reply is sent to " + describe(to) + ", as a message to " + destination
					+ " asks for: allowed are temporary queues, queues whose name begins with '" + PREFIX
					+ "', and queues declared under 'messaging.destination'");
			return;
		}
		long timeToLive = timeToLive(request, destination.broker());
		if (timeToLive < 0) {
			logger.debug("No reply is sent, as nobody waits for it any more");
			return;
		}
		String correlationId = correlationId(request);
		this.filters
			.chain(Routing.outbound(destination),
					(message) -> transaction
						.add(Reply.of(message, destination.broker(), to, name, correlationId, timeToLive)))
			.proceed(message(destination, payload));
	}

	private Message<?> message(NamedDestination destination, Object payload) {
		Object body = (payload instanceof Message<?> message) ? message.getPayload() : payload;
		Map<String, Object> headers = new HashMap<>();
		String contentType = destination.contentType();
		if (payload instanceof Message<?> message) {
			message.getHeaders().forEach((name, value) -> {
				if (!OutboundHeaders.isOfDelivery(name)) {
					headers.put(name, value);
				}
			});
			contentType = headers.getOrDefault(MessagingHeaders.CONTENT_TYPE, contentType).toString();
		}
		WrittenPayload written = this.converter.write(body, contentType, destination.name());
		headers.putAll(written.headers());
		headers.forEach(OutboundHeaders::check);
		return new GenericMessage<>(written.content(), headers);
	}

	// Returns the name of a queue to which a reply may go, else null.
	private @Nullable String nameOfAllowed(Destination to, Broker broker) throws JMSException {
		if (!(to instanceof Queue queue)) {
			return null;
		}
		String name = queue.getQueueName();
		boolean allowed = to instanceof TemporaryQueue || name.startsWith(PREFIX)
				|| this.destinations.all()
					.stream()
					.anyMatch((declared) -> declared.broker() == broker && declared.type() == DestinationType.QUEUE
							&& declared.physicalName().equals(name));
		return allowed ? name : null;
	}

	private static String describe(Destination destination) {
		return "'" + destination.toString().replaceAll("\\p{Cntrl}", "?") + "'";
	}

	private static @Nullable String correlationId(Message<?> request) {
		Object own = request.getHeaders().get(JmsHeaders.CORRELATION_ID);
		Object id = (own != null) ? own : request.getHeaders().get(JmsHeaders.MESSAGE_ID);
		return (id != null) ? id.toString() : null;
	}

	// As long as the requester waits; 0 for ever, negative for no longer.
	private static long timeToLive(Message<?> request, Broker broker) {
		long expiration = (request.getHeaders().get(JmsHeaders.EXPIRATION) instanceof Number number)
				? number.longValue() : 0;
		long left = expiration - broker.clock().millis();
		return (expiration <= 0) ? 0 : (left > 0) ? left : -1;
	}

}
