package org.activemessaging.flow;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import org.activemessaging.autoconfigure.MessagingHealthContributorAutoConfiguration;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No broker when the application starts, or a broker that goes away.
 */
@ExtendWith(OutputCaptureExtension.class)
class BrokerOutageTests {

	@ParameterizedTest
	@ValueSource(strings = { "tcp://localhost:%d", "failover:(tcp://localhost:%d)",
			"failover:(tcp://localhost:%d)?initialReconnectDelay=50" })
	void applicationStartsWithoutItsBrokerAndConnectsLater(String url, CapturedOutput output) {
		try (LogRecorder log = new LogRecorder()) {
			int port = BrokerProcess.freePort();
			Script script = Script.thatSucceeds();
			long start = System.nanoTime();
			application(url.formatted(port), script).run((context) -> {
				assertThat(Flow.since(start)).isLessThan(Duration.ofSeconds(5));
				assertThat(health(context).getStatus()).isIn(Status.UNKNOWN, Status.DOWN);
				Flow.eventually().until(() -> health(context).getStatus().equals(Status.DOWN));
				assertThat(health(context).getDetails()).containsKeys("reason", "url", "adapter", "since", "listeners");
				assertThat((String) health(context).getDetails().get("reason")).isNotBlank();
				assertThat(report(context).state()).hasToString("RECOVERING");
				Flow.eventually().until(() -> report(context).outage() != null);
				Flow.throughout(Duration.ofSeconds(2)).until(() -> report(context).state().name().equals("RECOVERING"));
				try (TestBroker broker = TestBroker.startOn(port); PlainClient client = broker.client()) {
					client.sendText(Flow.QUEUE, "order");
					Flow.eventually().until(() -> script.completed().contains("order"));
					Flow.eventually().until(() -> health(context).getStatus().equals(Status.UP));
					assertThat(report(context).state()).hasToString("RUNNING");
					assertThat(report(context).outage()).isNull();
				}
				Flow.eventually().until(() -> health(context).getStatus().equals(Status.DOWN));
			});
			assertThat(lines(output, "processor 'script'.* has no connection")).isLessThanOrEqualTo(2);
			assertThat(lines(output, "processor 'script'.* is connected again")).isOne();
			assertThat(log.complaints()).isBetween(1L, 8L);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://localhost:%d", "failover:(tcp://localhost:%d)" })
	void applicationWithoutItsBrokerEndsInTime(String url) {
		AtomicLong end = new AtomicLong();
		application(url.formatted(BrokerProcess.freePort()), Script.thatSucceeds()).run((context) -> {
			Flow.eventually().until(() -> report(context).outage() != null);
			end.set(System.nanoTime());
		});
		assertThat(Flow.since(end.get())).isLessThan(Duration.ofSeconds(10));
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://localhost:%d", "failover:(tcp://localhost:%d)" })
	void applicationThatHasLostItsBrokerEndsInTime(String url) {
		int port = BrokerProcess.freePort();
		AtomicLong end = new AtomicLong();
		TestBroker broker = TestBroker.startOn(port);
		application(url.formatted(port), Script.thatSucceeds()).run((context) -> {
			Flow.eventually().until(() -> report(context).state().name().equals("RUNNING"));
			broker.close();
			Flow.eventually().until(() -> health(context).getStatus().equals(Status.DOWN));
			end.set(System.nanoTime());
		});
		assertThat(Flow.since(end.get())).isLessThan(Duration.ofSeconds(10));
	}

	@Test
	void outageIsLoggedOnceAndWithoutSecrets(CapturedOutput output) {
		application("failover:(tcp://localhost:" + BrokerProcess.freePort() + "?wireFormat.tightEncodingEnabled=true)",
				Script.thatSucceeds())
			.withPropertyValues("messaging.broker.default.user=xyzzy-canary-user",
					"messaging.broker.default.password=xyzzy-canary-word")
			.run((context) -> {
				Flow.eventually().until(() -> report(context).outage() != null);
				Flow.eventually().until(() -> health(context).getStatus().equals(Status.DOWN));
				Flow.throughout(Duration.ofSeconds(3))
					.until(() -> lines(output, "processor 'script'.*has no connection") == 1);
				assertThat(health(context).getDetails().toString()).doesNotContain("canary");
				assertThat(report(context).toString()).doesNotContain("canary");
			});
		assertThat(output.getAll()).doesNotContain("canary");
	}

	private static ApplicationContextRunner application(String url, Script script) {
		return Flow.application(url, script)
			.withConfiguration(AutoConfigurations.of(MessagingHealthContributorAutoConfiguration.class));
	}

	private static ProcessorReport report(ApplicationContext context) {
		return context.getBean(ProcessorContainers.class).reports().get(0);
	}

	private static Health health(ApplicationContext context) {
		CompositeHealthContributor contributor = context.getBean(CompositeHealthContributor.class);
		return ((HealthIndicator) contributor.getContributor("default")).health(true);
	}

	private static long lines(CapturedOutput output, String pattern) {
		return Pattern.compile(pattern).matcher(output.getAll()).results().count();
	}

}
