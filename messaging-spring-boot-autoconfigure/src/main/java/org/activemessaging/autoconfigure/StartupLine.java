package org.activemessaging.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.activemessaging.broker.Broker;
import org.activemessaging.broker.Brokers;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.processor.ProcessorDefinition;
import org.activemessaging.processor.ProcessorGroups;
import org.activemessaging.processor.ProcessorRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Says in one line what this application is connected to and what it runs.
 */
final class StartupLine implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(StartupLine.class);

	// An application with hundreds of processors gets a line that can be read, too.
	private static final int MOST_NAMES = 20;

	private final Brokers brokers;

	private final NamedDestinations destinations;

	private final ProcessorRegistry processors;

	private final ProcessorGroups groups;

	StartupLine(Brokers brokers, NamedDestinations destinations, ProcessorRegistry processors, ProcessorGroups groups) {
		this.brokers = brokers;
		this.destinations = destinations;
		this.processors = processors;
		this.groups = groups;
	}

	@Override
	public void afterSingletonsInstantiated() {
		logger.info(text());
	}

	String text() {
		List<String> here = new ArrayList<>();
		List<String> elsewhere = new ArrayList<>();
		for (ProcessorDefinition processor : this.processors.all()) {
			(this.groups.runs(processor.id()) ? here : elsewhere).add(processor.id());
		}
		return "Brokers: " + names(this.brokers.all().stream().map(this::describe).toList()) + "; destinations: "
				+ this.destinations.all().size() + "; processors: " + names(here)
				+ (elsewhere.isEmpty() ? "" : "; not run here, as of other processor groups: " + names(elsewhere));
	}

	private String describe(Broker broker) {
		return broker.name() + " (" + broker.adapter().name() + " at " + broker.profile().displayUrl()
				+ ((broker == this.brokers.getDefault()) ? ", default)" : ")");
	}

	private static String names(List<String> names) {
		if (names.isEmpty()) {
			return "none";
		}
		int more = names.size() - MOST_NAMES;
		return names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
				+ ((more > 0) ? " and " + more + " more" : "");
	}

}
