package org.activemessaging.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.activemessaging.MessagePublisher;
import org.activemessaging.MessageReceiver;
import org.activemessaging.MessageRequester;
import org.activemessaging.autoconfigure.MessagingProperties.BrokerProperties;
import org.activemessaging.autoconfigure.MessagingProperties.PublisherProperties;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.Brokers;
import org.activemessaging.claimcheck.ClaimStore;
import org.activemessaging.deadletter.DeadLetters;
import org.activemessaging.delay.DelayQueues;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.filter.MessageFilter;
import org.activemessaging.filter.MessageFilters;
import org.activemessaging.filter.ScopedFilter;
import org.activemessaging.idempotent.Idempotence;
import org.activemessaging.idempotent.IdempotentProcessing;
import org.activemessaging.listener.ContainerFactory;
import org.activemessaging.listener.DeliveryListener;
import org.activemessaging.listener.ProcessObserver;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.payload.JsonFormat;
import org.activemessaging.payload.PayloadConverter;
import org.activemessaging.payload.PayloadEnvelope;
import org.activemessaging.payload.PayloadFormat;
import org.activemessaging.payload.YamlFormat;
import org.activemessaging.processor.BeanFactoryProcessorRegistry;
import org.activemessaging.processor.ProcessorGroups;
import org.activemessaging.processor.ProcessorMethodFactory;
import org.activemessaging.processor.ProcessorRegistry;
import org.activemessaging.publisher.Delays;
import org.activemessaging.publisher.FilteringMessagePublisher;
import org.activemessaging.publisher.MessageWriter;
import org.activemessaging.publisher.Outbox;
import org.activemessaging.publisher.PublishEvents;
import org.activemessaging.publisher.PublishListener;
import org.activemessaging.publisher.PublishObserver;
import org.activemessaging.publisher.PublisherConnections;
import org.activemessaging.receiver.FilteringMessageReceiver;
import org.activemessaging.receiver.ReceiveEvents;
import org.activemessaging.receiver.ReceiveListener;
import org.activemessaging.receiver.ReceiveObserver;
import org.activemessaging.request.CorrelatingMessageRequester;
import org.activemessaging.request.JmsReplies;
import org.activemessaging.request.ReplyListener;
import org.activemessaging.request.RequestObserver;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.validation.Validator;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/**
 * Processors, filters and the publisher.
 */
@Configuration(proxyBeanMethods = false)
class ProcessorConfiguration {

	private static final PublisherProperties DEFAULT_PUBLISHER = new PublisherProperties(Duration.ofSeconds(10), 1000,
			false);

	@Bean
	@ConditionalOnMissingBean
	PayloadConverter messagingPayloadConverter(ObjectProvider<PayloadFormat> formats,
			ObjectProvider<PayloadEnvelope> envelopes) {
		return new PayloadConverter(formats.orderedStream().toList(), envelopes.orderedStream().toList());
	}

	@Bean
	MessageFilters messagingFilters(ConfigurableListableBeanFactory beanFactory, ObjectProvider<MessageFilter> filters,
			NamedDestinations destinations, MessagingProperties properties, ObjectProvider<ClaimStore> claimStore) {
		List<ScopedFilter> scoped = new FilterScopes(beanFactory, destinations, properties.filter().bean()).of(filters);
		FilterCodings codings = new FilterCodings(properties.filter(), properties.listener().maxPayloadSize().toBytes(),
				destinations);
		return new MessageFilters(scoped,
				codings.of(properties.filter().claimCheck().enabled() ? claimStore.getObject() : null));
	}

	@Bean
	@ConditionalOnMissingBean
	ProcessorRegistry messagingProcessors(ConfigurableListableBeanFactory beanFactory, Environment environment,
			MessagingProperties properties, NamedDestinations destinations, PayloadConverter converter,
			ObjectProvider<HandlerMethodArgumentResolver> argumentResolvers, ObjectProvider<MessagePublisher> publisher,
			ObjectProvider<Validator> validator, MessageFilters filters) {
		ProcessorMethodFactory methodFactory = new ProcessorMethodFactory(converter,
				argumentResolvers.orderedStream().toList(), beanFactory,
				SingletonSupplier.ofNullable(validator::getIfUnique), new JmsReplies(destinations, filters, converter));
		return new BeanFactoryProcessorRegistry(beanFactory, destinations, methodFactory, publisher::getObject,
				group(properties, environment));
	}

	static String group(MessagingProperties properties, Environment environment) {
		String group = properties.group();
		return (group != null) ? group : ApplicationName.of(environment).name();
	}

	@Bean
	ProcessorGroups messagingProcessorGroups(MessagingProperties properties) {
		return new ProcessorGroups(properties.processorGroup(), properties.run().groups());
	}

	@Bean
	ProcessorContainers messagingContainers(MessagingProperties properties, Environment environment,
			ProcessorRegistry processors, ProcessorGroups groups, MessageFilters filters,
			ObjectProvider<DeliveryListener> listeners, PayloadConverter converter,
			ObjectProvider<Idempotence> idempotence, ObjectProvider<BuildProperties> build,
			NamedDestinations destinations, Brokers brokers, ObjectProvider<ProcessObserver> observer) {
		Checks.positive("messaging.listener.drain-timeout", properties.listener().drainTimeout());
		ContainerFactory factory = new ContainerFactory(
				new PropertiesListenerSettings(properties.listener(), properties.processor(),
						group(properties, environment)),
				filters, new DelayQueues(ApplicationName.of(environment).name()),
				new DeadLetters(version(environment, build)), listeners.orderedStream().toList(),
				new IdempotentProcessors(properties.processor(), ApplicationName.of(environment).name(), converter,
						idempotence, properties.outbox().enabled()),
				observer.getIfAvailable(() -> ProcessObserver.NONE), Threading.VIRTUAL.isActive(environment));
		return new ProcessorContainers(processors, groups, factory, properties.listener().drainTimeout(), destinations,
				brokers.all().stream().filter((broker) -> publisher(broker, properties).delayed()).toList());
	}

	private static @Nullable String version(Environment environment, ObjectProvider<BuildProperties> build) {
		String version = environment.getProperty("spring.application.version");
		BuildProperties properties = (version == null) ? build.getIfAvailable() : null;
		return (properties != null) ? properties.getVersion() : version;
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean(MessagePublisher.class)
	FilteringMessagePublisher messagePublisher(NamedDestinations destinations, MessageFilters filters,
			PayloadConverter converter, ObjectProvider<ProcessorRegistry> processors,
			ObjectProvider<PublishListener> listeners, MessagingProperties properties, ObjectProvider<Outbox> outbox,
			ProcessorGroups groups, Environment environment, ObjectProvider<PublishObserver> observer,
			ObjectProvider<ProcessObserver> processObserver) {
		PublishEvents events = new PublishEvents(observer.getIfAvailable(() -> PublishObserver.NONE),
				listeners.orderedStream().toList());
		return new FilteringMessagePublisher(destinations, filters,
				new MessageWriter(converter, MessageGroups.of(properties.destination())),
				new PublisherConnections(
						(destination) -> groupQueues(destination, destinations, processors.getObject()),
						(broker) -> publisher(broker, properties).maxInFlight(), events),
				new SynchronousDelivery(filters, groups, processors::getObject,
						processObserver.getIfAvailable(() -> ProcessObserver.NONE))
					.orElse(outbox(properties.outbox().enabled(), outbox)),
				new Delays(new DelayQueues(ApplicationName.of(environment).name()),
						(broker) -> publisher(broker, properties).delayed() || reads(broker, processors.getObject())),
				events);
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean(MessageRequester.class)
	@ConditionalOnBean(FilteringMessagePublisher.class)
	CorrelatingMessageRequester messageRequester(NamedDestinations destinations, FilteringMessagePublisher publisher,
			MessageFilters filters, PayloadConverter converter, MessagingProperties properties, Environment environment,
			ObjectProvider<ReplyListener> listeners, ObjectProvider<RequestObserver> observer) {
		return new CorrelatingMessageRequester(destinations, publisher, filters, converter,
				RequestSettings.of(properties, ApplicationName.of(environment)), listeners.orderedStream().toList(),
				observer.getIfAvailable(() -> RequestObserver.NONE));
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean(MessageReceiver.class)
	FilteringMessageReceiver messageReceiver(NamedDestinations destinations, MessageFilters filters,
			PayloadConverter converter, MessagingProperties properties, Environment environment,
			ObjectProvider<BuildProperties> build, ObjectProvider<ReceiveListener> listeners,
			ObjectProvider<ReceiveObserver> observer) {
		return new FilteringMessageReceiver(destinations, filters, converter,
				new DeadLetters(version(environment, build)), group(properties, environment),
				new FilteringMessageReceiver.Limits(
						new RedeliverySettings(properties.listener().redelivery()).general().maxAttempts(),
						properties.listener().maxPayloadSize().toBytes(), properties.listener().drainTimeout()),
				new ReceiveEvents(observer.getIfAvailable(() -> ReceiveObserver.NONE),
						listeners.orderedStream().toList()));
	}

	// A broker that nobody has configured has what is configured by default.
	private static PublisherProperties publisher(Broker broker, MessagingProperties properties) {
		BrokerProperties configured = properties.broker().get(broker.name());
		return (configured != null) ? configured.publisher() : DEFAULT_PUBLISHER;
	}

	private static boolean reads(Broker broker, ProcessorRegistry processors) {
		return processors.destinations().stream().anyMatch((destination) -> destination.broker() == broker);
	}

	private static Outbox outbox(boolean enabled, ObjectProvider<Outbox> outbox) {
		Outbox last = new IdempotentProcessing(enabled);
		return !enabled ? last : outbox.getIfAvailable(() -> {
			throw JdbcRequirement.missing("The outbox is switched on ('messaging.outbox.enabled')");
		}).orElse(last);
	}

	private static List<Address> groupQueues(NamedDestination destination, NamedDestinations destinations,
			ProcessorRegistry processors) {
		if (destination.type() != DestinationType.VIRTUAL_TOPIC) {
			return List.of();
		}
		List<Address> queues = new ArrayList<>();
		for (NamedDestination candidate : destinations.all()) {
			if (candidate.equals(destination) || candidate.standsFor(destination)) {
				processors.groupsOf(candidate).forEach((group) -> queues.add(candidate.subscribeAddress(group)));
			}
		}
		return queues;
	}

	/**
	 * JSON by Jackson.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JsonMapper.class)
	static class JsonConfiguration {

		@Bean
		JsonFormat messagingJsonFormat(ObjectProvider<JsonMapper> mapper) {
			return new JsonFormat(mapper.getIfAvailable(() -> JsonMapper.builder().build()));
		}

	}

	/**
	 * YAML by SnakeYAML.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ JsonMapper.class, Yaml.class })
	static class YamlConfiguration {

		@Bean
		YamlFormat messagingYamlFormat(ObjectProvider<JsonMapper> mapper) {
			return new YamlFormat(mapper.getIfAvailable(() -> JsonMapper.builder().build()));
		}

	}

}
