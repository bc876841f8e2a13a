package org.activemessaging;

/**
 * Names of the headers that this library writes. They are valid Java identifiers, as
 * Jakarta Messaging demands of property names; the prefix {@code am_} is reserved.
 *
 * @since 0.1.0
 */
public final class MessagingHeaders {

	/**
	 * The prefix of all headers of this library.
	 */
	public static final String PREFIX = "am_";

	/**
	 * The id of the message: a UUID of version 7 (RFC 9562), set at the first publish and
	 * kept through redelivery, dead letter and redrive.
	 */
	public static final String ID = PREFIX + "id";

	/**
	 * The MIME type of the payload.
	 */
	public static final String CONTENT_TYPE = "content_type";

	/**
	 * What belongs together: the same in everything that follows from one thing. Not
	 * {@code JMSCorrelationID}, which tells a reply which request it is for, so that each
	 * request has to have one of its own.
	 */
	public static final String CORRELATION_ID = "correlation_id";

	/**
	 * How the payload is compressed: {@code gzip}.
	 */
	public static final String CONTENT_ENCODING = "content_encoding";

	/**
	 * The message group, as Jakarta Messaging names it.
	 */
	public static final String GROUP = "JMSXGroupID";

	/**
	 * How often the processing of the message was tried and failed.
	 */
	public static final String ATTEMPT = PREFIX + "attempt";

	/**
	 * The logical name of the destination that the message came from.
	 */
	public static final String ORIGINAL_DESTINATION = PREFIX + "orig_destination";

	/**
	 * The physical name of the queue or topic that the message came from.
	 */
	public static final String ORIGINAL_ADDRESS = PREFIX + "orig_address";

	/**
	 * The consumer group that the message was for.
	 */
	public static final String ORIGINAL_GROUP = PREFIX + "orig_group";

	/**
	 * The id that the broker's client gave the message before it was moved.
	 */
	public static final String ORIGINAL_MESSAGE_ID = PREFIX + "orig_message_id";

	/**
	 * When the message was first sent, in milliseconds since the epoch.
	 */
	public static final String ORIGINAL_TIMESTAMP = PREFIX + "orig_timestamp";

	/**
	 * When the message would have expired, in milliseconds since the epoch.
	 */
	public static final String ORIGINAL_EXPIRATION = PREFIX + "orig_expiration";

	/**
	 * Of a message of a destination with a wildcard: the physical name of the queue, the
	 * topic or the virtual topic that it was published to. It is there for filters and
	 * processors, and stays through redelivery, dead letter and redrive.
	 */
	public static final String SOURCE = PREFIX + "source";

	/**
	 * How often the broker had delivered the message.
	 */
	public static final String DELIVERY_COUNT = PREFIX + "delivery_count";

	/**
	 * In how many crashes of the application the message was involved when it was set
	 * aside to be tried alone.
	 */
	public static final String SUSPECT = PREFIX + "suspect";

	/**
	 * When the message failed first, in milliseconds since the epoch.
	 */
	public static final String FIRST_FAILURE_AT = PREFIX + "first_failure_at";

	/**
	 * When the message failed last, in milliseconds since the epoch.
	 */
	public static final String LAST_FAILURE_AT = PREFIX + "last_failure_at";

	/**
	 * Why the message was given up: {@code handler}, {@code aborted}, {@code rejected},
	 * {@code unconvertible}, {@code payload-too-large}, {@code crash-suspect} or
	 * {@code undeliverable}.
	 */
	public static final String FAILURE_KIND = PREFIX + "failure_kind";

	/**
	 * The class name of the exception.
	 */
	public static final String EXCEPTION_CLASS = PREFIX + "exception_class";

	/**
	 * The message of the exception, without control characters, at most 512 characters.
	 */
	public static final String EXCEPTION_MESSAGE = PREFIX + "exception_message";

	/**
	 * Where it failed: classes of the exception and its causes with the first frames of
	 * each, separated by {@code " | "}, without messages, at most 2048 characters.
	 */
	public static final String STACK = PREFIX + "stack";

	/**
	 * The fingerprint of the cause: dead letters with the same exceptions, thrown in the
	 * same places of the application for messages of the same type, have the same one.
	 */
	public static final String CAUSE = PREFIX + "cause";

	/**
	 * The version of the application that gave the message up.
	 */
	public static final String APPLICATION_VERSION = PREFIX + "app_version";

	/**
	 * Where to find the last try that failed, in the form of a W3C {@code traceparent}.
	 * Written where failed messages are traced, and kept when they are sent back.
	 */
	public static final String FAILED_TRACE = PREFIX + "failed_trace";

	/**
	 * The id of the operation that has sent the message back from the dead letters.
	 */
	public static final String REDRIVE = PREFIX + "redrive";

	/**
	 * How often the message was sent back from the dead letters.
	 */
	public static final String REDRIVE_COUNT = PREFIX + "redrive_count";

	/**
	 * The fingerprint of the cause for which the message was in the dead letters before
	 * it was sent back.
	 */
	public static final String REDRIVEN_CAUSE = PREFIX + "redriven_cause";

	/**
	 * The id of the last operation that has looked at the message and left it.
	 */
	public static final String OPERATION = PREFIX + "operation";

	/**
	 * The id of the operation that has put the message into the trash.
	 */
	public static final String TRASHED_BY = PREFIX + "trashed_by";

	/**
	 * When the message would have expired before it was put into the trash, in
	 * milliseconds since the epoch.
	 */
	public static final String TRASHED_EXPIRATION = PREFIX + "trashed_expiration";

	/**
	 * The id of the processor that failed.
	 */
	public static final String PROCESSOR = PREFIX + "processor";

	/**
	 * The host that the processor ran on.
	 */
	public static final String HOST = PREFIX + "host";

	/**
	 * When a delayed message is due, in milliseconds since the epoch.
	 */
	public static final String DUE_AT = PREFIX + "due_at";

	/**
	 * Refers to the payload of the message in a claim-check store.
	 */
	public static final String CLAIM = PREFIX + "claim";

	/**
	 * Marks a compressed payload that is text.
	 */
	public static final String TEXT = PREFIX + "text";

	/**
	 * Marks traces, and what follows from them: they are not traced.
	 */
	public static final String UNTRACED = PREFIX + "untraced";

	/**
	 * The {@link Acknowledgment} of a message that is acknowledged by its processor. Not
	 * sent anywhere.
	 */
	public static final String ACKNOWLEDGMENT = PREFIX + "acknowledgment";

	private MessagingHeaders() {
	}

}
