package org.activemessaging.broker.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

import org.activemessaging.broker.QueueInspector;
import org.activemessaging.broker.QueueSample;

/**
 * Tells the numbers of queues, which are exact.
 *
 * @param broker the broker
 */
record MemoryQueueInspector(MemoryBroker broker) implements QueueInspector {

	@Override
	public List<QueueSample> inspect(Collection<String> queues, Duration limit) {
		return queues.stream().map((queue) -> sample(this.broker.state(queue))).toList();
	}

	private static QueueSample sample(MemoryQueueState state) {
		Duration age = (state.depth() > 0) ? Duration.ofMillis(state.oldestMillis()) : null;
		return new QueueSample(state.name(), (long) state.depth(), true, "memory", age, (long) state.inFlight(),
				(long) state.consumers(), Instant.now());
	}

}
