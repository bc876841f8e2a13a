package org.activemessaging.operations;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

import org.activemessaging.broker.QueueSample;
import org.activemessaging.listener.ContainerState;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorReport;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Finds processors that believe to listen while their broker knows of no consumer: a
 * broker that has dropped one does not always tell its client. Their connection is given
 * up, so that it is made anew and says why it cannot be. For use by one thread.
 */
final class ListenerWatch {

	private static final Log logger = LogFactory.getLog(ListenerWatch.class);

	// The first samples may be older than the consumer.
	private static final int SAMPLES = 3;

	private final Map<String, Suspicion> suspicions = new HashMap<>();

	private final ProcessorContainers containers;

	private final BiFunction<String, String, @Nullable QueueSample> samples;

	/**
	 * Creates a watch.
	 * @param containers the containers to watch
	 * @param samples the numbers of a queue, by the name of its broker and its own
	 */
	ListenerWatch(ProcessorContainers containers, BiFunction<String, String, @Nullable QueueSample> samples) {
		this.containers = containers;
		this.samples = samples;
	}

	/**
	 * Looks at all processors; to be called every few seconds.
	 */
	void check() {
		for (ProcessorReport report : this.containers.reports()) {
			String id = report.definition().id();
			Instant forlornAt = forlornAt(report);
			if (forlornAt == null) {
				this.suspicions.remove(id);
				continue;
			}
			Suspicion suspicion = this.suspicions.getOrDefault(id, new Suspicion(Instant.MIN, 0)).seen(forlornAt);
			this.suspicions.put(id, suspicion);
			if (suspicion.count() >= SAMPLES) {
				this.suspicions.remove(id);
				logger.warn("Processor '" + id + "' listens to " + report.source() + ", but its broker knows of no"
						+ " consumer; its connection is made anew");
				this.containers.reconnect(id);
			}
		}
	}

	private @Nullable Instant forlornAt(ProcessorReport report) {
		if (report.state() != ContainerState.RUNNING || report.source().topic()) {
			return null;
		}
		QueueSample sample = this.samples.apply(report.definition().destination().broker().name(),
				report.source().name());
		boolean forlorn = sample != null && sample.consumers() != null && sample.consumers() == 0;
		return forlorn ? sample.sampledAt() : null;
	}

	private record Suspicion(Instant at, int count) {

		Suspicion seen(Instant sampledAt) {
			return sampledAt.equals(this.at) ? this : new Suspicion(sampledAt, this.count + 1);
		}

	}

}
