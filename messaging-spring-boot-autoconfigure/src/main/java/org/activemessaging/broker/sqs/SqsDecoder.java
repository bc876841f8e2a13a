package org.activemessaging.broker.sqs;

import java.util.Base64;
import java.util.Map;

import com.amazon.sqs.javamessaging.message.SQSMessage;
import jakarta.jms.JMSException;
import org.activemessaging.MessagingHeaders;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Reads messages, whoever wrote them: this adapter, Amazon's library, or a plain client,
 * whose messages have no attributes and are text.
 */
final class SqsDecoder {

	private static final String COUNT = "JMSXDeliveryCount";

	private SqsDecoder() {
	}

	/**
	 * Reads a message.
	 * @param message the message
	 * @param lease the right to it
	 * @param uncounted how many of its deliveries were never seen by anybody
	 * @param acknowledgement what acknowledges it
	 * @return the message, whose properties cannot be changed until they are cleared
	 * @throws JMSException if it cannot be read
	 */
	static SqsMessage decode(Message message, SqsLease lease, int uncounted, SqsState.Acknowledgement acknowledgement)
			throws JMSException {
		SqsState state = new SqsState(lease, acknowledgement);
		Map<String, MessageAttributeValue> attributes = message.messageAttributes();
		Map<String, Object> properties = state.properties();
		properties.putAll(SqsHeaders.read(attributes));
		properties.remove(SQSMessage.JMS_SQS_MESSAGE_TYPE);
		properties.remove(SqsEncoder.NO_BODY);
		SqsMessage decoded = body(message, state, text(attributes, SQSMessage.JMS_SQS_MESSAGE_TYPE),
				text(attributes, SqsEncoder.NO_BODY));
		decoded.setJMSDestination(SqsDestination.queue(lease.queue()));
		fields(decoded, properties);
		delivery(decoded, message, uncounted);
		state.protect();
		return decoded;
	}

	private static SqsMessage body(Message message, SqsState state, @Nullable String type, @Nullable String noBody)
			throws JMSException {
		if (SQSMessage.BYTE_MESSAGE_TYPE.equals(type)) {
			byte[] bytes = bytes(message.body(), noBody);
			if (bytes != null) {
				return new SqsBytesMessage(state, bytes);
			}
		}
		if (SQSMessage.OBJECT_MESSAGE_TYPE.equals(type)) {
			return new SqsObjectMessage(state, message.body());
		}
		return new SqsTextMessage(state,
				SqsEncoder.NULL.equals(noBody) ? null : SqsEncoder.EMPTY.equals(noBody) ? "" : message.body());
	}

	private static byte @Nullable [] bytes(String body, @Nullable String noBody) {
		try {
			return (noBody != null) ? new byte[0] : Base64.getMimeDecoder().decode(body);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static void fields(SqsMessage decoded, Map<String, Object> properties) throws JMSException {
		Object correlationId = properties.remove(SQSMessage.JMS_SQS_CORRELATION_ID);
		Object packed = properties.remove(SqsEncoder.CORRELATION_ID);
		if (correlationId != null || packed != null) {
			decoded.setJMSCorrelationID(String.valueOf((correlationId != null) ? correlationId : packed));
		}
		Object replyTo = properties.remove(SQSMessage.JMS_SQS_REPLY_TO_QUEUE_NAME);
		properties.remove(SQSMessage.JMS_SQS_REPLY_TO_QUEUE_URL);
		if (replyTo != null) {
			decoded.setJMSReplyTo(SqsDestination.queue(SqsNames.decode(replyTo.toString())));
		}
		Object type = properties.remove(SqsEncoder.JMS_TYPE);
		if (type != null) {
			decoded.setJMSType(type.toString());
		}
		if (properties.remove(SqsEncoder.EXPIRES_AT) instanceof Number expiresAt) {
			decoded.setJMSExpiration(expiresAt.longValue());
		}
	}

	private static void delivery(SqsMessage decoded, Message message, int uncounted) throws JMSException {
		Map<MessageSystemAttributeName, String> attributes = message.attributes();
		int deliveries = number(attributes.get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)).intValue();
		int seen = Math.max(1, deliveries - uncounted);
		decoded.state().properties().put(COUNT, seen);
		decoded.setJMSRedelivered(seen > 1);
		decoded.setJMSMessageID("ID:" + message.messageId());
		decoded.setJMSTimestamp(number(attributes.get(MessageSystemAttributeName.SENT_TIMESTAMP)).longValue());
		// On a standard queue it is a tenant's share of the queue, which keeps no order.
		boolean ordered = decoded.getJMSDestination() instanceof SqsDestination queue && SqsNames.isFifo(queue.name());
		String group = attributes.get(MessageSystemAttributeName.MESSAGE_GROUP_ID);
		if (ordered && group != null && !group.startsWith(SqsEncoder.OWN_GROUP)) {
			decoded.state().properties().putIfAbsent(MessagingHeaders.GROUP, group);
		}
	}

	private static Number number(@Nullable String text) {
		try {
			return (text != null) ? Long.valueOf(text) : 0L;
		}
		catch (NumberFormatException ex) {
			return 0L;
		}
	}

	private static @Nullable String text(Map<String, MessageAttributeValue> attributes, String name) {
		MessageAttributeValue value = attributes.get(name);
		return (value != null) ? value.stringValue() : null;
	}

}
