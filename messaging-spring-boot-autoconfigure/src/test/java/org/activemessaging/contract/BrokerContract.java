package org.activemessaging.contract;

import org.junit.jupiter.api.Nested;

/**
 * All that a broker is held to behind its adapter.
 */
abstract class BrokerContract {

	@Nested
	class Capabilities extends CapabilityArea {

	}

	@Nested
	class Publishing extends PublishingArea {

	}

	@Nested
	class Queues extends QueueArea {

	}

	@Nested
	class VirtualTopics extends VirtualTopicArea {

	}

	@Nested
	class Topics extends TopicArea {

	}

	@Nested
	class Subscriptions extends SubscriptionArea {

	}

	@Nested
	class Wildcards extends WildcardArea {

	}

	@Nested
	class Payloads extends PayloadArea {

	}

	@Nested
	class Headers extends HeaderArea {

	}

	@Nested
	class Tracing extends TracingArea {

	}

	@Nested
	class Codings extends CodingArea {

	}

	@Nested
	class CloudEvents extends CloudEventArea {

	}

	@Nested
	class Processors extends ProcessorArea {

	}

	@Nested
	class Receiving extends ReceiveArea {

	}

	@Nested
	class Requests extends RequestArea {

	}

	@Nested
	class Redelivery extends RedeliveryArea {

	}

	@Nested
	class Moves extends MoveArea {

	}

	@Nested
	class MessageGroups extends MessageGroupArea {

	}

	@Nested
	class Windows extends WindowArea {

	}

	@Nested
	class Acknowledging extends AcknowledgeArea {

	}

	@Nested
	class Stopping extends StopArea {

	}

	@Nested
	class Outages extends OutageArea {

	}

	@Nested
	class Kills extends KillArea {

	}

	@Nested
	class Access extends AccessArea {

	}

	@Nested
	class Numbers extends NumbersArea {

	}

	@Nested
	class Operations extends OperationsArea {

	}

	@Nested
	class TwoBrokers extends TwoBrokersArea {

	}

}
