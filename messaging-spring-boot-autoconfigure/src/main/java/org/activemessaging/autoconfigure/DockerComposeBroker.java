package org.activemessaging.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;

/**
 * What is known of the images of brokers: their ports, and the variables that hold their
 * credentials.
 */
enum DockerComposeBroker {

	/**
	 * ActiveMQ Classic of its project. Without credentials it lets everybody in.
	 */
	ACTIVEMQ(List.of("apache/activemq-classic", "apache/activemq"), "tcp", 61616,
			new Credential(List.of("ACTIVEMQ_CONNECTION_USER"), null),
			new Credential(List.of("ACTIVEMQ_CONNECTION_PASSWORD"), null)),

	/**
	 * ActiveMQ Classic before there was an image of its project.
	 */
	SYMPTOMA(List.of("symptoma/activemq"), "tcp", 61616, new Credential(List.of("ACTIVEMQ_USERNAME"), null),
			new Credential(List.of("ACTIVEMQ_PASSWORD"), null)),

	/**
	 * Artemis.
	 */
	ARTEMIS(List.of("apache/activemq-artemis", "apache/artemis"), "tcp", 61616,
			new Credential(List.of("ARTEMIS_USER"), "artemis"), new Credential(List.of("ARTEMIS_PASSWORD"), "artemis")),

	/**
	 * RabbitMQ.
	 */
	RABBITMQ(List.of("rabbitmq", "bitnami/rabbitmq"), "amqp", 5672,
			new Credential(List.of("RABBITMQ_DEFAULT_USER", "RABBITMQ_USERNAME"), "guest"),
			new Credential(List.of("RABBITMQ_DEFAULT_PASS", "RABBITMQ_PASSWORD"), "guest")) {

		@Override
		String url(RunningService service) {
			String virtualHost = service.env().get("RABBITMQ_DEFAULT_VHOST");
			return super.url(service) + ((virtualHost != null) ? "/" + virtualHost.replace("/", "%2F") : "");
		}

	},

	/**
	 * ElasticMQ, which looks like Amazon SQS and takes any credentials.
	 */
	ELASTICMQ(List.of("softwaremill/elasticmq", "softwaremill/elasticmq-native"), "http", 9324,
			new Credential(List.of(), "elasticmq"), new Credential(List.of(), "elasticmq")),

	/**
	 * LocalStack, with Amazon SQS in it.
	 */
	LOCALSTACK(List.of("localstack/localstack", "localstack/localstack-pro"), "http", 4566,
			new Credential(List.of("AWS_ACCESS_KEY_ID"), "test"),
			new Credential(List.of("AWS_SECRET_ACCESS_KEY"), "test"));

	/**
	 * The label of Spring Boot that says what an image is like.
	 */
	static final String SERVICE_CONNECTION = "org.springframework.boot.service-connection";

	private final List<String> images;

	private final String scheme;

	private final int port;

	private final Credential user;

	private final Credential password;

	DockerComposeBroker(List<String> images, String scheme, int port, Credential user, Credential password) {
		this.images = images;
		this.scheme = scheme;
		this.port = port;
		this.user = user;
		this.password = password;
	}

	static @Nullable DockerComposeBroker of(RunningService service) {
		String label = service.labels().get(SERVICE_CONNECTION);
		String image = canonical((label != null) ? label : service.image().getName());
		return Arrays.stream(values())
			.filter((broker) -> broker.images().anyMatch((known) -> canonical(known).equals(image)))
			.findFirst()
			.orElse(null);
	}

	private static String canonical(String image) {
		return ImageReference.of(image).getName();
	}

	Stream<String> images() {
		return this.images.stream();
	}

	String url(RunningService service) {
		String host = service.host().contains(":") ? "[" + service.host() + "]" : service.host();
		return this.scheme + "://" + host + ":" + service.ports().get(this.port);
	}

	@Nullable String user(RunningService service) {
		return this.user.of(service);
	}

	@Nullable String password(RunningService service) {
		return this.password.of(service);
	}

	/**
	 * Where a credential is found.
	 *
	 * @param variables the environment variables that may hold it
	 * @param otherwise what the image has if none does, or {@code null} if it needs none
	 */
	private record Credential(List<String> variables, @Nullable String otherwise) {

		@Nullable String of(RunningService service) {
			return this.variables.stream()
				.filter(service.env()::containsKey)
				.findFirst()
				.map(service.env()::get)
				.orElse(this.otherwise);
		}

	}

}
