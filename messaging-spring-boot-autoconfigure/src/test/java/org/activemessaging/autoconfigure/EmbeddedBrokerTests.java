package org.activemessaging.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.listener.ContainerState;
import org.activemessaging.listener.ProcessorContainers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the broker inside the application.
 */
class EmbeddedBrokerTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
		.withUserConfiguration(Recorder.class)
		.withPropertyValues("spring.application.name=voyeur", "messaging.destination.x.queue=X");

	@Test
	void messagesInADirectorySurviveARestart(@TempDir Path directory) {
		ApplicationContextRunner persistent = this.contextRunner
			.withPropertyValues("messaging.embedded.data-directory=" + directory);
		persistent.withPropertyValues("messaging.processor.recorder.auto-startup=false").run((context) -> {
			context.getBean(MessagePublisher.class).publish("x", "kept");
			assertThat(context.getBean(ProcessorContainers.class).report("recorder").state())
				.isNotEqualTo(ContainerState.RUNNING);
			assertThat(context.getBean(Recorder.class).payloads).isEmpty();
		});
		persistent.run((context) -> {
			Recorder recorder = context.getBean(Recorder.class);
			await().atMost(Duration.ofSeconds(10)).until(() -> !recorder.payloads.isEmpty());
			assertThat(recorder.payloads).containsExactly("kept");
		});
		persistent.run((context) -> {
			context.getBean(MessagePublisher.class).publish("x", "new");
			Recorder recorder = context.getBean(Recorder.class);
			await().atMost(Duration.ofSeconds(10)).until(() -> !recorder.payloads.isEmpty());
			assertThat(recorder.payloads).containsExactly("new");
		});
	}

	@Test
	void messagesInMemoryEndWithTheApplication() {
		this.contextRunner.withPropertyValues("messaging.processor.recorder.auto-startup=false")
			.run((context) -> context.getBean(MessagePublisher.class).publish("x", "lost"));
		this.contextRunner.run((context) -> {
			context.getBean(MessagePublisher.class).publish("x", "new");
			Recorder recorder = context.getBean(Recorder.class);
			await().atMost(Duration.ofSeconds(10)).until(() -> !recorder.payloads.isEmpty());
			assertThat(recorder.payloads).containsExactly("new");
		});
	}

	@Test
	void applicationsInOneJvmHaveBrokersOfTheirOwn() {
		this.contextRunner.run((first) -> this.contextRunner.run((second) -> {
			first.getBean(MessagePublisher.class).publish("x", "first");
			second.getBean(MessagePublisher.class).publish("x", "second");
			await().atMost(Duration.ofSeconds(10))
				.until(() -> !first.getBean(Recorder.class).payloads.isEmpty()
						&& !second.getBean(Recorder.class).payloads.isEmpty());
			assertThat(first.getBean(Recorder.class).payloads).containsExactly("first");
			assertThat(second.getBean(Recorder.class).payloads).containsExactly("second");
		}));
	}

	@Test
	@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void dataDirectoryInUseStopsTheStart(@TempDir Path directory) {
		ApplicationContextRunner persistent = this.contextRunner
			.withPropertyValues("messaging.embedded.data-directory=" + directory);
		persistent.run((first) -> persistent.run((second) -> {
			assertThat(second).hasFailed();
			FailureAnalysis analysis = FailureAnalyses.of(second.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getAction()).contains("'messaging.embedded.data-directory'");
		}));
	}

	@Processor("recorder")
	static class Recorder {

		private final List<String> payloads = new CopyOnWriteArrayList<>();

		@SubscribesTo("x")
		void record(String payload) {
			this.payloads.add(payload);
		}

	}

}
