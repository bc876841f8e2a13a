package org.activemessaging.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations and their keys. Names that begin with {@code messaging.} and
 * {@code error.} are those of OpenTelemetry's semantic conventions.
 *
 * @since 0.1.0
 */
public enum MessagingObservationDocumentation implements ObservationDocumentation {

	/**
	 * A message that is published, from the call until the broker has it; in a processor
	 * or with an outbox, until it is part of the transaction.
	 */
	PUBLISH {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultMessagingPublishObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return KeyName.merge(
					new KeyName[] { MessagingKeys.SYSTEM, MessagingKeys.OPERATION_NAME, MessagingKeys.OPERATION_TYPE,
							MessagingKeys.DESTINATION_NAME },
					new KeyName[] { ActiveMessagingKeys.BROKER, ActiveMessagingKeys.DESTINATION });
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return new KeyName[] { MessageKeys.ID, MessageKeys.CONVERSATION_ID, MessageKeys.GROUP,
					MessageKeys.ERROR_TYPE };
		}

	},

	/**
	 * One try of a message by a processor, filters included; or the one call for all
	 * messages that a processor takes as a list.
	 */
	PROCESS {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultMessagingProcessObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return KeyName.merge(MessagingKeys.values(), ActiveMessagingKeys.values());
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return MessageKeys.values();
		}

	},

	/**
	 * A message that is received, from its arrival until its transaction has ended:
	 * filters and handler, or the acknowledgement before it is returned.
	 */
	RECEIVE {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultMessagingReceiveObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return KeyName.merge(MessagingKeys.values(),
					new KeyName[] { ActiveMessagingKeys.BROKER, ActiveMessagingKeys.DESTINATION });
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return new KeyName[] { MessageKeys.ID, MessageKeys.CONVERSATION_ID, MessageKeys.GROUP,
					MessageKeys.SUBSCRIPTION, MessageKeys.ERROR_TYPE };
		}

	},

	/**
	 * A request, from the call until there is a reply, or there will be none.
	 */
	REQUEST {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultMessagingRequestObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return new KeyName[] { MessagingKeys.SYSTEM, MessagingKeys.OPERATION_NAME, MessagingKeys.DESTINATION_NAME,
					ActiveMessagingKeys.BROKER, ActiveMessagingKeys.DESTINATION };
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return new KeyName[] { MessageKeys.ERROR_TYPE };
		}

	};

	/**
	 * Keys with few values, by OpenTelemetry's names.
	 */
	public enum MessagingKeys implements KeyName {

		/**
		 * What kind of broker it is: the name of the adapter, and {@code aws_sqs} for
		 * {@code sqs}.
		 */
		SYSTEM("messaging.system"),

		/**
		 * What is done: {@code publish}, {@code process}, {@code receive} or
		 * {@code request}.
		 */
		OPERATION_NAME("messaging.operation.name"),

		/**
		 * The kind of what is done: {@code send}, {@code process} or {@code receive}.
		 */
		OPERATION_TYPE("messaging.operation.type"),

		/**
		 * The physical name that messages are published to: a queue, a topic, or what a
		 * virtual topic is on its broker.
		 */
		DESTINATION_NAME("messaging.destination.name"),

		/**
		 * The group that consumes a virtual topic, or {@code none}.
		 */
		CONSUMER_GROUP("messaging.consumer.group.name");

		private final String key;

		MessagingKeys(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys with few values that only this library has.
	 */
	public enum ActiveMessagingKeys implements KeyName {

		/**
		 * The name of the broker.
		 */
		BROKER("activemessaging.broker"),

		/**
		 * The logical name of the destination.
		 */
		DESTINATION("activemessaging.destination"),

		/**
		 * The id of the processor.
		 */
		PROCESSOR("activemessaging.processor");

		private final String key;

		ActiveMessagingKeys(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys that are there only if there is something to say, or that have any number of
	 * values. They are part of spans, and never of meters.
	 */
	public enum MessageKeys implements KeyName {

		/**
		 * The id of the message, or the one that the broker's client gave to a message of
		 * somebody else.
		 */
		ID("messaging.message.id"),

		/**
		 * The correlation id.
		 */
		CONVERSATION_ID("messaging.message.conversation_id"),

		/**
		 * The message group.
		 */
		GROUP("activemessaging.message.group"),

		/**
		 * The queue of the group, where it is not what messages are published to.
		 */
		SUBSCRIPTION("messaging.destination.subscription.name"),

		/**
		 * How many messages the processor takes in one call, if it is more than one.
		 */
		BATCH_COUNT("messaging.batch.message_count"),

		/**
		 * The class name of the exception, if it failed.
		 */
		ERROR_TYPE("error.type");

		private final String key;

		MessageKeys(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
