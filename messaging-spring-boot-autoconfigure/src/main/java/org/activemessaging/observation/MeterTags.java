package org.activemessaging.observation;

import io.micrometer.core.instrument.Tags;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.processor.ProcessorDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The tags that all meters have.
 */
final class MeterTags {

	static final String NONE = "none";

	private MeterTags() {
	}

	static Tags of(ProcessorDefinition processor) {
		return of(processor.destination(), processor.group(), processor.id());
	}

	static Tags of(NamedDestination destination) {
		return of(destination, null, null);
	}

	static Tags of(NamedDestination destination, @Nullable String group) {
		return of(destination, group, null);
	}

	private static Tags of(NamedDestination destination, @Nullable String group, @Nullable String processor) {
		return of(destination.broker().name(), destination.name(), group, processor);
	}

	static Tags of(String broker, String destination, @Nullable String group, @Nullable String processor) {
		return Tags.of("broker", broker, "destination", destination, "group", (group != null) ? group : NONE,
				"processor", (processor != null) ? processor : NONE);
	}

}
