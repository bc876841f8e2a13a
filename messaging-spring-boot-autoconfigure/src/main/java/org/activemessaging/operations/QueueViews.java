package org.activemessaging.operations;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.QueueSample;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.listener.ProcessorReport;
import org.jspecify.annotations.Nullable;

/**
 * Makes the views of the queues of a destination from what was sampled.
 */
final class QueueViews {

	private static final String NOT_YET = "not sampled yet";

	private final NamedDestination destination;

	private final QueueSampler sampler;

	private final List<ProcessorReport> reports;

	QueueViews(NamedDestination destination, QueueSampler sampler, List<ProcessorReport> reports) {
		this.destination = destination;
		this.sampler = sampler;
		this.reports = reports;
	}

	QueueView view(Address source, @Nullable String group) {
		String nameOnBroker = otherName(this.destination.broker(), source);
		DeadLetterView deadLetters = deadLetters(this.destination.deadLetterAddress(source));
		double rate = rate(source);
		QueueSample sample = this.sampler.sample(source.name());
		if (sample == null) {
			return new QueueView(source.name(), nameOnBroker, group, null, false, NOT_YET, null, null, null, rate, null,
					null, Map.of(), deadLetters);
		}
		return new QueueView(source.name(), nameOnBroker, group, sample.depth(), sample.exact(), sample.source(),
				sample.oldestAge(), sample.inFlight(), sample.consumers(), rate, timeToDrain(sample, rate),
				sample.sampledAt(), unknown(sample), deadLetters);
	}

	private DeadLetterView deadLetters(Address queue) {
		String nameOnBroker = otherName(this.destination.broker(), queue);
		QueueSample sample = this.sampler.sample(queue.name());
		if (sample == null) {
			return new DeadLetterView(queue.name(), nameOnBroker, null, false, NOT_YET, null, null, null, null,
					Map.of());
		}
		return new DeadLetterView(queue.name(), nameOnBroker, sample.depth(), sample.exact(), sample.source(),
				sample.oldestAge(), sample.inFlight(), sample.consumers(), sample.sampledAt(), unknown(sample));
	}

	static @Nullable String otherName(Broker broker, Address address) {
		String name = broker.adapter().nameOnBroker(address);
		return name.equals(address.name()) ? null : name;
	}

	private double rate(Address source) {
		return this.reports.stream()
			.filter((report) -> report.source().equals(source) && report.definition().selector() == null
					&& report.definition().destination().broker() == this.destination.broker())
			.mapToDouble(ProcessorReport::rate)
			.sum();
	}

	private static @Nullable Duration timeToDrain(QueueSample sample, double rate) {
		Long depth = sample.depth();
		if (depth == null || !sample.exact()) {
			return null;
		}
		if (depth == 0) {
			return Duration.ZERO;
		}
		return (rate > 0) ? Duration.ofSeconds(Math.round(Math.ceil(depth / rate))) : null;
	}

	// Of an empty queue there is no oldest message.
	private Map<String, String> unknown(QueueSample sample) {
		Map<String, String> unknown = new LinkedHashMap<>();
		note(unknown, sample, "depth", sample.depth());
		if (sample.depth() == null || sample.depth() > 0) {
			note(unknown, sample, "oldestAge", sample.oldestAge());
		}
		note(unknown, sample, "inFlight", sample.inFlight());
		note(unknown, sample, "consumers", sample.consumers());
		return unknown;
	}

	private void note(Map<String, String> unknown, QueueSample sample, String name, @Nullable Object number) {
		if (number == null) {
			String reason = (sample.depth() == null) ? sample.source() : this.sampler.gaps().get(name);
			unknown.put(name, (reason != null) ? reason : "the broker does not tell");
		}
	}

}
