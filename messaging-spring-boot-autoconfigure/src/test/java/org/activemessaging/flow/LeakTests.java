package org.activemessaging.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.activemessaging.MessagePublisher;
import org.activemessaging.listener.ContainerState;
import org.activemessaging.listener.ProcessorContainers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing is left of an application that has ended, and of a connection that was lost.
 */
class LeakTests {

	private static final boolean LONG = "long".equals(System.getProperty("fault.form"));

	private static final int STARTS = LONG ? 1000 : 100;

	private static final int RESTARTS = LONG ? 100 : 10;

	private static final int AT_ONCE = 10;

	@Test
	void nothingIsLeftOfApplicationsThatHaveEnded() throws Exception {
		try (TestBroker broker = TestBroker.start()) {
			startAndStop(broker, 0);
			Set<Thread> before = threads();
			// The end of each waits for a receive, so several take turns.
			ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
			List<Future<?>> futures = new ArrayList<>();
			for (int i = 0; i < AT_ONCE; i++) {
				int number = i;
				futures.add(executor.submit(() -> {
					for (int start = 0; start < STARTS / AT_ONCE; start++) {
						startAndStop(broker, number);
					}
				}));
			}
			for (Future<?> future : futures) {
				future.get(10, TimeUnit.MINUTES);
			}
			executor.shutdown();
			assertThat(broker.totalConnections()).isGreaterThanOrEqualTo(STARTS);
			Flow.eventually().untilAsserted(() -> {
				assertThat(broker.currentConnections()).isZero();
				assertThat(broker.consumers(Flow.QUEUE + 1)).isZero();
				assertThat(left(before)).isEmpty();
			});
		}
	}

	private static void startAndStop(TestBroker broker, int number) {
		Script script = Script.thatSucceeds();
		Flow.application(broker.url(), script)
			.withPropertyValues("messaging.destination.orders.queue=" + Flow.QUEUE + number)
			.run((context) -> {
				context.getBean(MessagePublisher.class).publish("orders", "text");
				Flow.eventually().pollInterval(Duration.ofMillis(5)).until(() -> script.completed().size() == 1);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://localhost:%d", "failover:(tcp://localhost:%d)" })
	void nothingIsLeftOfConnectionsThatWereLost(String url) {
		int port = BrokerProcess.freePort();
		Script script = Script.thatSucceeds();
		TestBroker first = TestBroker.startOn(port);
		Flow.application(url.formatted(port), script).run((context) -> {
			await(context, script);
			int connections = first.currentConnections();
			Set<String> before = names();
			first.close();
			for (int i = 1; i < RESTARTS; i++) {
				try (TestBroker broker = TestBroker.startOn(port)) {
					await(context, script);
				}
			}
			try (TestBroker last = TestBroker.startOn(port)) {
				await(context, script);
				// The client's thread pools keep idle threads for half a minute.
				Flow.eventually().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
					assertThat(last.currentConnections()).isLessThanOrEqualTo(connections);
					assertThat(last.consumers(Flow.QUEUE)).isOne();
					Set<String> more = names();
					more.removeAll(before);
					assertThat(names()).as("threads, among them %s", more).hasSizeLessThanOrEqualTo(before.size() + 5);
				});
			}
		});
	}

	// Without such a thread the JVM would end.
	@Test
	void applicationLivesWhileItsProcessorIsStoppedAndItsBrokerIsAway() {
		Set<Thread> before = threads();
		TestBroker broker = TestBroker.start();
		Script script = Script.thatSucceeds();
		Flow.application(broker.url(), script).run((context) -> {
			await(context, script);
			ProcessorContainers containers = context.getBean(ProcessorContainers.class);
			containers.stop("script");
			broker.close();
			Flow.eventually().until(() -> containers.reports().get(0).state() == ContainerState.STOPPED);
			assertThat(threads()).filteredOn((thread) -> !before.contains(thread) && !thread.isDaemon())
				.extracting(Thread::getName)
				.contains("messaging-keep-alive");
		});
		Flow.eventually().untilAsserted(() -> assertThat(left(before)).isEmpty());
	}

	// Everything that has a connection of its own has used it.
	private static void await(ApplicationContext context, Script script) {
		int handled = script.completed().size();
		MessagePublisher publisher = context.getBean(MessagePublisher.class);
		Flow.eventually().ignoreExceptions().untilAsserted(() -> publisher.publish("orders", "text"));
		Flow.eventually().until(() -> script.completed().size() > handled);
		Flow.eventually()
			.until(() -> context.getBean(ProcessorContainers.class).reports().get(0).state() == ContainerState.RUNNING);
	}

	private static Set<String> left(Set<Thread> before) {
		return threads().stream()
			.filter((thread) -> !before.contains(thread))
			.map(Thread::getName)
			.filter((name) -> name.startsWith("messaging-") || name.contains("Failover")
					|| name.contains("ActiveMQ Transport: tcp://localhost") || name.contains("Session Task"))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> names() {
		return threads().stream()
			.map((thread) -> thread.getName() + "#" + thread.getId())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces().keySet();
	}

}
