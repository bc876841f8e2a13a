package org.activemessaging.autoconfigure;

import java.util.Locale;
import java.util.Set;

import org.activemessaging.autoconfigure.FilterProperties.FilterBeanProperties;
import org.activemessaging.autoconfigure.MessagingProperties.DestinationProperties;
import org.activemessaging.autoconfigure.MessagingProperties.ProcessorProperties;
import org.activemessaging.broker.Address;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.filter.ScopedFilter;
import org.activemessaging.operations.explain.Declarations;
import org.activemessaging.operations.explain.Explanation.Step;
import org.activemessaging.processor.ProcessorDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Knows which property said what.
 */
final class PropertyDeclarations implements Declarations {

	private final MessagingProperties properties;

	private final DefaultSource source;

	private final String defaultGroup;

	PropertyDeclarations(MessagingProperties properties, DefaultSource source, String defaultGroup) {
		this.properties = properties;
		this.source = source;
		this.defaultGroup = defaultGroup;
	}

	@Override
	public String broker(NamedDestination destination) {
		DestinationProperties declared = declared(destination);
		if (declared != null && declared.broker() != null) {
			return "'messaging.destination." + destination.name() + ".broker'";
		}
		return "'messaging.destination." + destination.name() + ".broker'"
				+ " is not set, and this is the default broker: " + defaultBroker();
	}

	private String defaultBroker() {
		Set<String> names = this.properties.broker().keySet();
		return switch (this.source.kind()) {
			case PROPERTIES -> (this.properties.defaultBroker() != null) ? "'messaging.default-broker'"
					: names.contains(DefaultBroker.NAME) ? "it has the name 'default'"
							: "it is the only one under 'messaging.broker'";
			case CONNECTION_FACTORY -> "the application or Spring Boot has a connection factory";
			case CONNECTION_DETAILS -> "there are connection details of ActiveMQ";
			case EMBEDDED -> "nothing is configured, so it runs inside the application";
			case NONE -> "somebody else provides it";
		};
	}

	@Override
	public String physicalName(NamedDestination destination) {
		DestinationProperties declared = declared(destination);
		if (declared == null) {
			return "somebody else provides it";
		}
		if (declared.address() != null) {
			return "'messaging.destination." + destination.name() + ".address'" + recognised(destination);
		}
		if (declared.queue() != null) {
			return "'messaging.destination." + destination.name() + ".queue'";
		}
		return (declared.topic() != null)
				? "'messaging.destination." + destination.name() + ".topic'" + recognised(destination)
				: "'messaging.destination." + destination.name() + ".virtual-topic'";
	}

	private static String recognised(NamedDestination destination) {
		return (destination.type() == DestinationType.VIRTUAL_TOPIC)
				? ", which the adapter '" + destination.broker().adapter().name() + "' knows for a virtual topic" : "";
	}

	@Override
	public String deadLetters(NamedDestination destination, Address source) {
		return (destination.deadLetterQueue() != null)
				? "'messaging.destination." + destination.name() + ".dead-letter-queue'"
				: "'messaging.destination." + destination.name() + ".dead-letter-queue'"
						+ " is not set, so 'DLQ.' and the name of the "
						+ (destination.hasWildcard() ? "destination" : "queue");
	}

	@Override
	public String group(ProcessorDefinition processor) {
		if (!this.defaultGroup.equals(processor.group())) {
			return "the attribute 'group' of @SubscribesTo";
		}
		return (this.properties.group() != null) ? "'messaging.group'" : "'spring.application.name'";
	}

	@Override
	public @Nullable String messageGroup(NamedDestination destination) {
		DestinationProperties declared = declared(destination);
		return (declared != null) ? declared.messageGroup() : null;
	}

	@Override
	public @Nullable Step subscription(ProcessorDefinition processor) {
		ProcessorProperties own = this.properties.processor().get(processor.id());
		if (own != null && own.subscription() != null) {
			return new Step("durable subscription", own.subscription(),
					"'messaging.processor." + processor.id() + ".subscription'");
		}
		return (processor.subscription() != null) ? new Step("durable subscription", processor.subscription(),
				"the attribute 'subscription' of @SubscribesTo") : null;
	}

	@Override
	public String filterScope(ScopedFilter filter, FilterScope scope) {
		String coding = FilterCodings.prefix(filter.filter());
		if (coding != null) {
			return property(coding, scope);
		}
		return this.properties.filter()
			.bean()
			.entrySet()
			.stream()
			.filter((bean) -> FilterScopes.isKeyOf(bean.getKey(), filter.name()) && says(bean.getValue(), scope))
			.map((bean) -> property("messaging.filter.bean." + bean.getKey(), scope))
			.findFirst()
			.orElse("@FilterFor");
	}

	private static String property(String prefix, FilterScope scope) {
		return "'" + prefix + "." + scope.name().toLowerCase(Locale.ROOT) + "'";
	}

	private static boolean says(FilterBeanProperties properties, FilterScope scope) {
		return switch (scope) {
			case DIRECTION -> properties.direction() != null;
			case ONLY -> properties.only() != null;
			case EXCEPT -> properties.except() != null;
		};
	}

	private @Nullable DestinationProperties declared(NamedDestination destination) {
		return this.properties.destination().get(destination.name());
	}

}
