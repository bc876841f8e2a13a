package org.activemessaging.flow;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the application asks for virtual threads, processors are called on them.
 */
class VirtualThreadTests {

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

	private final Script script = new Script((message) -> this.threads.add(Thread.currentThread()));

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void processorsAreCalledOnPlatformThreadsByDefault() {
		this.client.sendText(Flow.QUEUE, 0, 50);
		application("false").run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(this.threads).isNotEmpty().noneMatch(VirtualThreadTests::isVirtual);
		});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "There are no virtual threads before Java 21")
	void consumersAreVirtualThreads() {
		this.client.sendText(Flow.QUEUE, 0, 50);
		application("true").run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(this.script.completed()).hasSize(50).doesNotHaveDuplicates();
			assertThat(this.threads).isNotEmpty()
				.allMatch(VirtualThreadTests::isVirtual)
				.allMatch((thread) -> thread.getName().matches("messaging-script-\\d+"));
		});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "There are no virtual threads before Java 21")
	void lanesAreVirtualThreads() {
		this.client.sendText(Flow.QUEUE, 0, 50);
		application("true").withPropertyValues("messaging.listener.lanes=4").run((context) -> {
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(this.script.completed()).hasSize(50).doesNotHaveDuplicates();
			assertThat(this.script.mostRunning()).isLessThanOrEqualTo(4);
			assertThat(this.threads).allMatch(VirtualThreadTests::isVirtual)
				.anyMatch((thread) -> thread.getName().matches("messaging-script-lane-\\d+"));
		});
	}

	private ApplicationContextRunner application(String virtual) {
		return Flow.application(this.broker.url(), this.script)
			.withPropertyValues("spring.threads.virtual.enabled=" + virtual);
	}

	// As a virtual thread tells it in the language level of this project.
	private static boolean isVirtual(Thread thread) {
		return thread.getClass().getName().contains("VirtualThread");
	}

}
