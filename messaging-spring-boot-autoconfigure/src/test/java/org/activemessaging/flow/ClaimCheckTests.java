package org.activemessaging.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagePublisher;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.PayloadTooLargeException;
import org.activemessaging.PublishException;
import org.activemessaging.RejectMessageException;
import org.activemessaging.claimcheck.ClaimMissingException;
import org.activemessaging.claimcheck.S3Server;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.operations.MessageInspection;
import org.activemessaging.operations.MessageSelection;
import org.activemessaging.operations.OperationRequest;
import org.activemessaging.operations.QueueOperations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Large payloads go to a store and come back, and no message is lost or misled on the
 * way.
 */
class ClaimCheckTests {

	private static final String LARGE = "payload ä€ ".repeat(200);

	private static final String SOME_KEY = "0197e3f2-0000-7000-8000-000000000000";

	private static final String SOME_DIGEST = "0".repeat(64);

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	private final AtomicBoolean failing = new AtomicBoolean();

	private final Script script = new Script((message) -> {
		if (this.failing.get()) {
			throw new RejectMessageException("not now");
		}
	});

	@TempDir
	private Path folder;

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void largeTextIsInTheStoreAndTheProcessorSeesNothingOfIt() {
		application(this.script).run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			publisher.publish("orders", "small");
			publisher.publish("orders", LARGE, Map.of("city", "Köln"));
			Flow.eventually().until(() -> this.script.completed().size() == 2);
			assertThat(this.script.completed()).containsExactly("small", LARGE);
			assertThat(this.script.calls().get(1).message().getHeaders()).containsEntry("city", "Köln")
				.doesNotContainKey(MessagingHeaders.CLAIM);
			assertThat(files()).hasSize(1);
		});
	}

	@Test
	void largeBytesComeBackAsBytes() {
		byte[] bytes = new byte[5000];
		Arrays.fill(bytes, (byte) -1);
		application(this.script).run((context) -> {
			context.getBean(MessagePublisher.class).publish("orders", bytes);
			Flow.eventually().until(() -> this.script.completed().size() == 1);
			assertThat((byte[]) this.script.calls().get(0).message().getPayload()).isEqualTo(bytes);
		});
	}

	@Test
	void messageCarriesAReferenceAndSaysSo() {
		application(null).run((context) -> {
			context.getBean(MessagePublisher.class).publish("orders", Map.of("text", LARGE));
			Message message = this.client.receive(Flow.QUEUE);
			String key = files().get(0).getFileName().toString();
			assertThat(((TextMessage) message).getText()).hasSizeLessThan(150).contains("claim-check", key);
			assertThat(message.getStringProperty(MessagingHeaders.CLAIM)).startsWith(key + " ").endsWith(" text");
			assertThat(message.getStringProperty(MessagingHeaders.CONTENT_TYPE)).isEqualTo("application/json");
			assertThat(files().get(0)).content().contains(LARGE);
		});
	}

	@Test
	void deadLetterKeepsItsReferenceAndMayBeRedriven() {
		this.failing.set(true);
		application(this.script)
			.withPropertyValues("messaging.operations.redrive.enabled=true",
					"messaging.operations.payload.enabled=true")
			.run((context) -> {
				context.getBean(MessagePublisher.class).publish("orders", LARGE);
				Flow.eventually().until(() -> this.broker.depth(Flow.DEAD_LETTERS) == 1);
				assertThat(context.getBean(MessageInspection.class)
					.deadLetters("orders", null, 10, null, true)
					.messages()
					.get(0)
					.headers()).containsKey(MessagingHeaders.CLAIM);
				this.failing.set(false);
				context.getBean(QueueOperations.class)
					.submit(new OperationRequest(OperationRequest.Kind.REDRIVE, "orders", null,
							OperationRequest.From.DEAD_LETTERS, null, MessageSelection.ofCause(null), Integer.MAX_VALUE,
							false, false, new OperationRequest.Redrive(List.of(1), 0, 0.2), "test"));
				Flow.eventually().until(() -> this.script.completed().equals(List.of(LARGE)));
				assertThat(this.broker.depth(Flow.DEAD_LETTERS)).isZero();
			});
	}

	@Test
	void missingPayloadIsTriedAgainAndEndsInTheDeadLettersWithItsCause() {
		this.client.send(Flow.QUEUE, "reference", Map.of(MessagingHeaders.CLAIM, reference(SOME_KEY, 5)));
		application(this.script).withPropertyValues("messaging.listener.redelivery.delayed=1").run((context) -> {
			Message letter = this.client.receive(Flow.DEAD_LETTERS);
			assertThat(letter.getStringProperty("am_exception_class")).isEqualTo(ClaimMissingException.class.getName());
			assertThat(letter.getStringProperty("am_exception_message")).contains(SOME_KEY);
			assertThat(letter.getIntProperty("am_attempt")).isEqualTo(6);
			assertThat(letter.getStringProperty(MessagingHeaders.CLAIM)).isEqualTo(reference(SOME_KEY, 5));
			assertThat(this.script.calls()).isEmpty();
		});
	}

	@Test
	void changedPayloadIsRejected() {
		application(this.script).run((context) -> {
			context.getBean(ProcessorContainers.class).stop();
			context.getBean(MessagePublisher.class).publish("orders", LARGE);
			Files.writeString(files().get(0), LARGE.replace('p', 'q'));
			context.getBean(ProcessorContainers.class).start();
			Message letter = this.client.receive(Flow.DEAD_LETTERS);
			assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("rejected");
			assertThat(letter.getStringProperty("am_exception_message")).contains("digest differs");
			assertThat(this.script.calls()).isEmpty();
		});
	}

	@Test
	void whatIsNoReferenceIsRejected() {
		List<String> references = List.of("", "../secret", "../secret 6 " + SOME_DIGEST + " text",
				"s3://bucket/key 1 " + SOME_DIGEST + " text", "https://example.com/ 5 " + SOME_DIGEST + " bytes",
				reference(SOME_KEY.toUpperCase(Locale.ROOT), 5), reference(SOME_KEY, 5).replace(" text", " class"),
				SOME_KEY + " 99999999999 " + SOME_DIGEST + " text", SOME_KEY + " 9999999999 " + SOME_DIGEST + " text");
		references.forEach(
				(reference) -> this.client.send(Flow.QUEUE, "reference", Map.of(MessagingHeaders.CLAIM, reference)));
		application(this.script).run((context) -> {
			for (String reference : references) {
				Message letter = this.client.receive(Flow.DEAD_LETTERS);
				assertThat(letter.getStringProperty(MessagingHeaders.CLAIM)).isEqualTo(reference);
				assertThat(letter.getStringProperty("am_failure_kind")).as(reference).isEqualTo("rejected");
				assertThat(letter.getStringProperty("am_exception_message")).contains("'am_claim'");
			}
			assertThat(this.script.calls()).isEmpty();
		});
	}

	@Test
	void referenceToMoreThanIsTakenIsRefusedUnread() {
		this.client.send(Flow.QUEUE, "reference", Map.of(MessagingHeaders.CLAIM, reference(SOME_KEY, 2_000_000_000)));
		application(this.script).run((context) -> {
			Message letter = this.client.receive(Flow.DEAD_LETTERS);
			assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("payload-too-large");
			assertThat(letter.getStringProperty("am_exception_class"))
				.isEqualTo(PayloadTooLargeException.class.getName());
		});
	}

	@Test
	void withoutAStoreAReferenceIsNotTakenForThePayload() {
		this.client.send(Flow.QUEUE, "reference", Map.of(MessagingHeaders.CLAIM, reference(SOME_KEY, 5)));
		Flow.application(this.broker.url(), this.script)
			.withPropertyValues("messaging.listener.redelivery.delayed=0")
			.run((context) -> {
				assertThat(this.client.receive(Flow.DEAD_LETTERS).getStringProperty("am_exception_message"))
					.contains("messaging.filter.claim-check.enabled");
				assertThat(this.script.calls()).isEmpty();
			});
	}

	@Test
	void whatCannotBeKeptIsNotPublished() {
		application(null).run((context) -> {
			Files.delete(this.folder.resolve(".claim-check"));
			assertThatExceptionOfType(PublishException.class)
				.isThrownBy(() -> context.getBean(MessagePublisher.class).publish("orders", LARGE))
				.withRootCauseInstanceOf(IOException.class);
			assertThat(this.client.receive(Flow.QUEUE, Duration.ofMillis(200))).isNull();
		});
	}

	@Test
	void whatIsNoTextInUtf8IsRefusedInsteadOfChanged() {
		application(null).run((context) -> assertThatExceptionOfType(PublishException.class)
			.isThrownBy(() -> context.getBean(MessagePublisher.class).publish("orders", LARGE + '\ud83d'))
			.withMessageContaining("U+FFFF"));
	}

	@Test
	void delayIsShorterThanTheRetention() {
		application(this.script).withPropertyValues("messaging.filter.claim-check.retention=1d")
			.run((context) -> assertThatExceptionOfType(PublishException.class).isThrownBy(
					() -> context.getBean(MessagePublisher.class).to("orders").delay(Duration.ofDays(2)).publish(LARGE))
				.withMessageContaining("messaging.filter.claim-check.retention"));
	}

	@Test
	void destinationsMayBeLeftOutForReadersOfOtherLanguages() {
		application(null).withPropertyValues("messaging.filter.claim-check.except=orders").run((context) -> {
			context.getBean(MessagePublisher.class).publish("orders", LARGE);
			assertThat(((TextMessage) this.client.receive(Flow.QUEUE)).getText()).isEqualTo(LARGE);
		});
	}

	@Test
	void bucketIsAStoreToo() {
		try (S3Server server = S3Server.start("payloads")) {
			Flow.application(this.broker.url(), this.script)
				.withBean(S3Client.class, server::client)
				.withPropertyValues("messaging.filter.claim-check.enabled=true",
						"messaging.filter.claim-check.threshold=1KB", "messaging.filter.claim-check.s3.bucket=payloads")
				.run((context) -> {
					context.getBean(MessagePublisher.class).publish("orders", LARGE);
					Flow.eventually().until(() -> this.script.completed().equals(List.of(LARGE)));
					assertThat(server.objects()).hasSize(1);
				});
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			messaging.filter.claim-check.enabled=true | neither 'messaging.filter.claim-check.folder' nor
			messaging.filter.claim-check.folder=FOLDER messaging.filter.claim-check.s3.bucket=b | both
			messaging.filter.claim-check.folder=FOLDER/file | 'messaging.filter.claim-check.folder'
			messaging.filter.claim-check.folder=FOLDER messaging.filter.claim-check.threshold=0B | threshold' is 0
			messaging.filter.claim-check.folder=FOLDER messaging.filter.claim-check.only=oders | Did you mean 'orders'
			messaging.filter.claim-check.folder=FOLDER messaging.filter.claim-check.retention=-1d | retention' is PT-24H
			messaging.filter.claim-check.s3.bucket=b messaging.filter.claim-check.s3.endpoint=minio | s3.endpoint'
			""")
	void badConfigurationStopsTheStart(String properties, String message) throws IOException {
		Files.createFile(this.folder.resolve("file"));
		Flow.application(this.broker.url())
			.withPropertyValues(properties.replace("FOLDER", this.folder.toString()).split(" "))
			.withPropertyValues("messaging.filter.claim-check.enabled=true")
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining(message));
	}

	@Test
	void clientOfTheBucketIsMadeOfTheConfiguration() {
		System.setProperty("aws.accessKeyId", "user");
		System.setProperty("aws.secretAccessKey", "word");
		try (S3Server server = S3Server.start("payloads")) {
			Flow.application(this.broker.url(), this.script)
				.withPropertyValues("messaging.filter.claim-check.enabled=true",
						"messaging.filter.claim-check.threshold=1KB", "messaging.filter.claim-check.s3.bucket=payloads",
						"messaging.filter.claim-check.s3.prefix=", "messaging.filter.claim-check.s3.path-style=true",
						"messaging.filter.claim-check.s3.region=eu-central-1",
						"messaging.filter.claim-check.s3.endpoint=" + server.endpoint())
				.run((context) -> {
					context.getBean(MessagePublisher.class).publish("orders", LARGE);
					Flow.eventually().until(() -> this.script.completed().equals(List.of(LARGE)));
					assertThat(server.objects().firstKey()).matches("\\d{4}-\\d\\d-\\d\\d/[-0-9a-f]{36}");
				});
		}
		finally {
			System.clearProperty("aws.accessKeyId");
			System.clearProperty("aws.secretAccessKey");
		}
	}

	@Test
	void bucketWithoutTheClientNamesTheDependency() {
		Flow.application(this.broker.url())
			.withClassLoader(new FilteredClassLoader("software.amazon.awssdk.services.s3"))
			.withPropertyValues("messaging.filter.claim-check.enabled=true", "messaging.filter.claim-check.s3.bucket=b")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("the client of S3 is not on the class path"));
	}

	private static String reference(String key, int length) {
		return key + " " + length + " " + SOME_DIGEST + " text";
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.walk(this.folder)) {
			return files.filter((file) -> Files.isRegularFile(file) && !file.endsWith(".claim-check")).toList();
		}
	}

	private ApplicationContextRunner application(Script script) {
		ApplicationContextRunner runner = Flow.application(this.broker.url())
			.withPropertyValues("messaging.filter.claim-check.enabled=true",
					"messaging.filter.claim-check.threshold=1KB", "messaging.filter.claim-check.folder=" + this.folder);
		return (script != null) ? runner.withBean("script", Script.class, () -> script) : runner;
	}

}
