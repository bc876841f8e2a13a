package org.activemessaging.broker.sqs;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * A message as it is sent.
 *
 * @param id the id that the library or the application gave it
 * @param body the body
 * @param attributes the attributes
 * @param group the message group, for a FIFO queue
 * @param deduplication what FIFO queues take only once in five minutes
 * @param delaySeconds for how long the service holds it back
 */
record SqsEncoded(String id, String body, Map<String, MessageAttributeValue> attributes, String group,
		String deduplication, int delaySeconds) {

	/**
	 * Returns its size as the service counts it.
	 */
	int size() {
		int size = bytes(this.body);
		for (Map.Entry<String, MessageAttributeValue> attribute : this.attributes.entrySet()) {
			size += bytes(attribute.getKey()) + bytes(attribute.getValue().dataType())
					+ bytes(attribute.getValue().stringValue());
		}
		return size;
	}

	private static int bytes(@Nullable String text) {
		return (text != null) ? text.getBytes(StandardCharsets.UTF_8).length : 0;
	}

	SendMessageRequest.Builder request(String url, boolean fifo) {
		SendMessageRequest.Builder request = SendMessageRequest.builder()
			.queueUrl(url)
			.messageBody(this.body)
			.messageAttributes(this.attributes);
		if (fifo) {
			request.messageGroupId(this.group).messageDeduplicationId(this.deduplication);
		}
		else if (this.delaySeconds > 0) {
			request.delaySeconds(this.delaySeconds);
		}
		return request;
	}

	SendMessageBatchRequestEntry entry(String entryId, boolean fifo) {
		SendMessageBatchRequestEntry.Builder entry = SendMessageBatchRequestEntry.builder()
			.id(entryId)
			.messageBody(this.body)
			.messageAttributes(this.attributes);
		if (fifo) {
			entry.messageGroupId(this.group).messageDeduplicationId(this.deduplication);
		}
		else if (this.delaySeconds > 0) {
			entry.delaySeconds(this.delaySeconds);
		}
		return entry.build();
	}

}
