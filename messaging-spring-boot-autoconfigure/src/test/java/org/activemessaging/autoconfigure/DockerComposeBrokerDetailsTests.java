package org.activemessaging.autoconfigure;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.activemessaging.broker.Broker;
import org.activemessaging.broker.Brokers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.lifecycle.DockerComposeServicesReadyEvent;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link DockerComposeBrokerDetails}, with services that do not run: Spring
 * Boot is told that they do.
 */
class DockerComposeBrokerDetailsTests {

	private static final String LISTENER = DockerComposeConnectionSource.class.getPackageName()
			+ ".DockerComposeServiceConnectionsApplicationListener";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
		.withPropertyValues("messaging.broker.mq.publisher.timeout=3s");

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", value = {
			"apache/activemq-classic:6.1 | ACTIVEMQ_CONNECTION_USER=a,ACTIVEMQ_CONNECTION_PASSWORD=b | tcp://docker.example.com:61616 | a | b",
			"apache/activemq-classic | - | tcp://docker.example.com:61616 | - | -",
			"symptoma/activemq | ACTIVEMQ_USERNAME=a,ACTIVEMQ_PASSWORD=b | tcp://docker.example.com:61616 | a | b",
			"apache/activemq-artemis | - | tcp://docker.example.com:61616 | artemis | artemis",
			"apache/artemis:2.55 | ARTEMIS_USER=a,ARTEMIS_PASSWORD=b | tcp://docker.example.com:61616 | a | b",
			"rabbitmq:4 | - | amqp://docker.example.com:5672 | guest | guest",
			"rabbitmq:4 | RABBITMQ_DEFAULT_USER=a,RABBITMQ_DEFAULT_PASS=b,RABBITMQ_DEFAULT_VHOST=/ward | amqp://docker.example.com:5672/%2Fward | a | b",
			"bitnami/rabbitmq | RABBITMQ_USERNAME=a,RABBITMQ_PASSWORD=b | amqp://docker.example.com:5672 | a | b",
			"softwaremill/elasticmq-native | - | http://docker.example.com:9324 | elasticmq | elasticmq",
			"localstack/localstack:4 | - | http://docker.example.com:4566 | test | test" })
	void serviceFeedsTheBrokerOfItsLabel(String image, String variables, String url, String user, String password) {
		RunningService service = service("mq", image, "mq", variables);
		String adapter = (url.startsWith("tcp") ? "activemq" : url.startsWith("amqp") ? "rabbitmq" : "sqs");
		this.contextRunner
			.withPropertyValues("messaging.broker.mq.adapter=" + adapter, "messaging.broker.mq.url=nio://localhost:1",
					"messaging.broker.mq.user=configured")
			.withInitializer((context) -> ready(context, service))
			.run((context) -> {
				Broker broker = context.getBean(Brokers.class).get("mq");
				assertThat(broker.profile().url()).isEqualTo(url);
				assertThat(broker.profile().user()).isEqualTo(user);
				assertThat(broker.profile().password()).isEqualTo(password);
			});
	}

	@Test
	void servicesOfOneImageAreToldApartByTheirLabels() {
		this.contextRunner
			.withPropertyValues("messaging.broker.jobs.adapter=activemq", "messaging.broker.mq.adapter=activemq",
					"messaging.default-broker=mq")
			.withInitializer((context) -> ready(context, service("one", "apache/activemq", "mq", null),
					service("other", "apache/activemq", "jobs", null), service("third", "apache/activemq", null, null)))
			.run((context) -> {
				assertThat(context.getBeansOfType(BrokerConnectionDetails.class)).hasSize(2);
				assertThat(context.getBean(Brokers.class).all()).extracting(Broker::name)
					.containsExactlyInAnyOrder("mq", "jobs");
			});
	}

	@Test
	void labelOfSpringBootSaysWhatAnImageOfOnesOwnIsLike() {
		RunningService service = service("mq", "registry.example.com/acme/queue:1", "mq", null);
		given(service.labels()).willReturn(
				Map.of(DockerComposeBrokerDetails.LABEL, "mq", DockerComposeBroker.SERVICE_CONNECTION, "rabbitmq"));
		this.contextRunner.withInitializer((context) -> ready(context, service))
			.run((context) -> assertThat(context.getBean(Brokers.class).get("mq").profile().url())
				.isEqualTo("amqp://docker.example.com:5672"));
	}

	@Test
	void unknownImageStopsTheStart() {
		this.contextRunner
			.withInitializer((context) -> ready(context, service("mq", "redis:8", "mq", "PASSWORD=xyzzy")))
			.run((context) -> {
				FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("'mq'", "redis:8", "rabbitmq").doesNotContain("xyzzy");
				assertThat(analysis.getAction()).contains("'org.springframework.boot.service-connection'");
			});
	}

	@Test
	void labelThatNamesNoBrokerStopsTheStart() {
		this.contextRunner.withInitializer((context) -> ready(context, service("mq", "rabbitmq", "mk", null)))
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.contains("'mk'", "Did you mean 'mq'?"));
	}

	@Test
	@SuppressWarnings("unchecked")
	void servicesOfThePageFeedTheirBrokers() throws IOException {
		String page = Files.readString(Path.of("../docs/brokers.md"));
		Matcher yaml = Pattern.compile("(?ms)^```yaml\\n(services:.*?)^```").matcher(page);
		assertThat(yaml.find()).isTrue();
		Map<String, Map<String, Map<String, Object>>> compose = new Yaml().load(yaml.group(1));
		RunningService[] services = compose.get("services").entrySet().stream().map((entry) -> {
			Map<String, String> labels = (Map<String, String>) entry.getValue().get("labels");
			return service(entry.getKey(), (String) entry.getValue().get("image"),
					labels.get(DockerComposeBrokerDetails.LABEL), null);
		}).toArray(RunningService[]::new);
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
			.withPropertyValues("messaging.default-broker=jobs", "messaging.broker.jobs.adapter=rabbitmq",
					"messaging.broker.analytics.adapter=activemq")
			.withInitializer((context) -> ready(context, services))
			.run((context) -> assertThat(context.getBean(Brokers.class).all())
				.extracting((broker) -> broker.profile().displayUrl())
				.containsExactlyInAnyOrder("tcp://docker.example.com:61616", "amqp://docker.example.com:5672"));
	}

	@SuppressWarnings("unchecked")
	private static void ready(ApplicationContext context, RunningService... services) {
		ApplicationListener<ApplicationEvent> listener = (ApplicationListener<ApplicationEvent>) BeanUtils
			.instantiateClass(BeanUtils
				.getResolvableConstructor(ClassUtils.resolveClassName(LISTENER, context.getClassLoader())));
		Constructor<?> event = DockerComposeServicesReadyEvent.class.getDeclaredConstructors()[0];
		listener.onApplicationEvent((ApplicationEvent) BeanUtils.instantiateClass(event, context, List.of(services)));
	}

	private static RunningService service(String name, String image, String label, String variables) {
		RunningService service = mock();
		ConnectionPorts ports = mock();
		for (int port : new int[] { 61616, 5672, 9324, 4566 }) {
			given(ports.get(port)).willReturn(port);
		}
		given(service.name()).willReturn(name);
		given(service.image()).willReturn(ImageReference.of(image));
		given(service.host()).willReturn("docker.example.com");
		given(service.ports()).willReturn(ports);
		given(service.labels())
			.willReturn((label != null) ? Map.of(DockerComposeBrokerDetails.LABEL, label) : Map.of());
		given(service.env()).willReturn((variables != null) ? variables(variables) : Map.of());
		return service;
	}

	private static Map<String, String> variables(String text) {
		return Arrays.stream(text.split(","))
			.map((variable) -> variable.split("="))
			.collect(Collectors.toMap((variable) -> variable[0], (variable) -> variable[1]));
	}

}
