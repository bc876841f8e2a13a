package org.activemessaging.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.jms.ConnectionFactory;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.activemq.autoconfigure.ActiveMQAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jms.autoconfigure.JmsAutoConfiguration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests that a wrong configuration stops the start, with a failure analysis that names
 * what is wrong and never shows a secret.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailingStartTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JmsAutoConfiguration.class,
				SslAutoConfiguration.class, JacksonAutoConfiguration.class))
		.withPropertyValues("spring.application.name=voyeur");

	// The level is the JVM's, which runs the tests of other classes, too.
	@AfterAll
	static void restoreLogLevel() {
		LoggingSystem.get(FailingStartTests.class.getClassLoader())
			.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
	}

	static Stream<FailingStart> failingStarts() {
		return FailingStart.all();
	}

	@ParameterizedTest
	@MethodSource("failingStarts")
	void startFailsWithAnAnalysisThatNamesWhatIsWrong(FailingStart start) {
		this.contextRunner.withPropertyValues(start.properties().toArray(new String[0]))
			.withUserConfiguration(start.classes())
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
				assertThat(analysis).as("analysis of %s", context.getStartupFailure()).isNotNull();
				assertThat(analysis.getDescription()).doesNotContain(FailingStart.CANARY);
				assertThat(analysis.getAction()).isNotBlank().doesNotContain(FailingStart.CANARY);
				assertThat(start.description()).isNotEmpty()
					.allSatisfy((text) -> assertThat(analysis.getDescription()).contains(text));
				assertThat(start.action()).allSatisfy((text) -> assertThat(analysis.getAction()).contains(text));
			});
	}

	@ParameterizedTest
	@MethodSource("failingStarts")
	void failingStartShowsNoSecret(FailingStart start, CapturedOutput output) {
		Map<String, Object> properties = new LinkedHashMap<>();
		start.properties().forEach((property) -> properties.put(keyOf(property), valueOf(property)));
		String broker = properties.keySet().stream().anyMatch((key) -> key.startsWith("messaging.broker.analytics"))
				? "analytics" : null;
		if (broker != null && !properties.containsKey("messaging.broker.analytics")) {
			properties.putIfAbsent("messaging.broker.analytics.user", "scott");
			properties.put("messaging.broker.analytics.password", FailingStart.CANARY);
		}
		List<Class<?>> sources = new ArrayList<>(List.of(start.classes()));
		sources.add(Application.class);
		SpringApplication application = new SpringApplicationBuilder(sources.toArray(new Class<?>[0]))
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.properties(properties)
			.properties(Map.of("spring.application.name", "voyeur", "logging.level.root", "DEBUG"))
			.build();
		assertThatException().isThrownBy(() -> close(application.run()));
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START").doesNotContain(FailingStart.CANARY);
	}

	@Test
	void missingClientIsNamedForTheAdapter() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.apache.activemq"))
			.withPropertyValues("messaging.broker.analytics.url=nio://localhost:1",
					"messaging.broker.analytics.adapter=activemq")
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("'analytics'", "'activemq'", "not on the class path");
				assertThat(analysis.getAction()).contains("'org.apache.activemq:activemq-client'");
			});
	}

	@ParameterizedTest
	@CsvSource({ "nio://localhost:1, activemq, org.apache.activemq:activemq-client",
			"amqp://localhost:1, rabbitmq, com.rabbitmq.jms:rabbitmq-jms",
			"stomp://localhost:1, stomp, io.projectreactor.netty:reactor-netty-core",
			"sqs:eu-central-1, sqs, com.amazonaws:amazon-sqs-java-messaging-lib" })
	void missingClientIsNamedForTheUrl(String url, String adapter, String client) {
		this.contextRunner
			.withClassLoader(
					new FilteredClassLoader("org.apache.activemq", "com.rabbitmq", "reactor.netty", "com.amazon"))
			.withPropertyValues("messaging.broker.analytics.url=" + url)
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("'analytics'", "'" + adapter + "'",
						"not on the class path");
				assertThat(analysis.getAction()).contains("'" + client + "'");
				assertThat(analysis.getAction().contains("messaging-spring-boot-bom")).as(analysis.getAction())
					.isEqualTo(Set.of("rabbitmq", "sqs").contains(adapter));
			});
	}

	@Test
	@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void dataDirectoryThatIsAFileIsNamed() {
		this.contextRunner.withPropertyValues("messaging.embedded.data-directory=pom.xml").run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getAction()).contains("'messaging.embedded.data-directory'");
		});
	}

	@Test
	void severalConnectionFactoriesAreNamed() {
		this.contextRunner.withUserConfiguration(TwoConnectionFactories.class).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("2 connection factories", "one", "other");
			assertThat(analysis.getAction()).contains("'messaging.broker'", "'messaging.default-broker'");
		});
	}

	@Test
	void analysisOfSomebodyElsesPropertiesIsLeftToSpringBoot() {
		this.contextRunner.withPropertyValues("messaging.listener.max-window=many").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.contains("messaging.listener.max-window", "many");
		});
	}

	private static void close(ConfigurableApplicationContext context) {
		context.close();
	}

	private static String keyOf(String property) {
		return property.substring(0, property.indexOf('='));
	}

	private static String valueOf(String property) {
		return property.substring(property.indexOf('=') + 1);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ MessagingAutoConfiguration.class, MessagingEndpointAutoConfiguration.class,
			MessagingHealthContributorAutoConfiguration.class, ActiveMQAutoConfiguration.class,
			JmsAutoConfiguration.class, SslAutoConfiguration.class, JacksonAutoConfiguration.class })
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoConnectionFactories {

		@Bean
		ConnectionFactory one() {
			return new ActiveMQConnectionFactory("nio://localhost:1");
		}

		@Bean
		ConnectionFactory other() {
			return new ActiveMQConnectionFactory("nio://localhost:2");
		}

	}

}
