package org.activemessaging.flow;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagePublisher;
import org.activemessaging.MessagingHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Payloads are compressed for the wire alone.
 */
class CompressionTests {

	private static final String LARGE = "payload ä€ ".repeat(2000);

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	private final Script script = Script.thatSucceeds();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void textAndBytesComeBackAsTheyWere() {
		byte[] bytes = new byte[20_000];
		application(this.script).run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			publisher.publish("orders", "small");
			publisher.publish("orders", LARGE);
			publisher.publish("orders", bytes);
			Flow.eventually().until(() -> this.script.completed().size() == 3);
			assertThat(this.script.completed()).startsWith("small", LARGE);
			assertThat((byte[]) this.script.calls().get(2).message().getPayload()).isEqualTo(bytes);
			assertThat(this.script.calls().get(1).message().getHeaders())
				.doesNotContainKeys(MessagingHeaders.CONTENT_ENCODING, MessagingHeaders.TEXT);
		});
	}

	@Test
	void othersReadItByTheHeader() {
		application(null).run((context) -> {
			context.getBean(MessagePublisher.class).publish("orders", LARGE);
			Message message = this.client.receive(Flow.QUEUE);
			assertThat(message.getStringProperty("content_encoding")).isEqualTo("gzip");
			byte[] bytes = PlainClient.bytes(message);
			assertThat(bytes).hasSizeLessThan(1000);
			try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
				assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(LARGE);
			}
		});
	}

	@Test
	void whatWouldNotBecomeSmallerIsLeftAlone() {
		byte[] random = new byte[20_000];
		new Random(1).nextBytes(random);
		application(null).run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			publisher.publish("orders", random);
			Message message = this.client.receive(Flow.QUEUE);
			assertThat(PlainClient.bytes(message)).isEqualTo(random);
			assertThat(message.propertyExists("content_encoding")).isFalse();
			publisher.to("orders").header("content_encoding", "br").publish(new byte[20_000]);
			assertThat(PlainClient.bytes(this.client.receive(Flow.QUEUE))).hasSize(20_000);
		});
	}

	@Test
	void whatOthersHaveCompressedIsRead() {
		send(gzip("{\"number\":7}".getBytes(StandardCharsets.UTF_8)), " GZIP");
		application(this.script).run((context) -> {
			Flow.eventually().until(() -> this.script.completed().size() == 1);
			assertThat((byte[]) this.script.calls().get(0).message().getPayload()).asString(StandardCharsets.UTF_8)
				.isEqualTo("{\"number\":7}");
		});
	}

	@Test
	void bombIsNotBlownUp() {
		send(gzip(new byte[2_000_001]), "gzip");
		send(gzip(new byte[2_000_000]), "gzip");
		application(this.script).withPropertyValues("messaging.listener.max-payload-size=2000000B").run((context) -> {
			Message letter = this.client.receive(Flow.DEAD_LETTERS);
			assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("payload-too-large");
			Flow.eventually().until(() -> this.script.calls().size() == 1);
			assertThat((byte[]) this.script.calls().get(0).message().getPayload()).hasSize(2_000_000);
		});
	}

	@Test
	void whatCannotBeDecompressedIsRejected() {
		send(new byte[] { 1, 2, 3 }, "br");
		send(new byte[] { 1, 2, 3 }, "gzip");
		byte[] cut = gzip(LARGE.getBytes(StandardCharsets.UTF_8));
		send(Arrays.copyOf(cut, cut.length / 2), "gzip");
		this.client.send(Flow.QUEUE, "text", Map.of("content_encoding", "gzip"));
		application(this.script).run((context) -> {
			for (String text : List.of("'content_encoding'", "cannot be decompressed", "cannot be decompressed",
					"not of text")) {
				Message letter = this.client.receive(Flow.DEAD_LETTERS);
				assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("rejected");
				assertThat(letter.getStringProperty("am_exception_message")).contains(text);
			}
			assertThat(this.script.calls()).isEmpty();
		});
	}

	@Test
	void whatIsStillLargeGoesToTheStoreCompressed(@TempDir Path folder) {
		application(this.script)
			.withPropertyValues("messaging.filter.claim-check.enabled=true",
					"messaging.filter.claim-check.folder=" + folder, "messaging.filter.claim-check.threshold=50B")
			.run((context) -> {
				context.getBean(MessagePublisher.class).publish("orders", LARGE);
				Flow.eventually().until(() -> this.script.completed().equals(List.of(LARGE)));
				try (Stream<Path> files = Files.walk(folder)) {
					assertThat(files.filter((file) -> file.toString().contains("-7"))
						.mapToLong((file) -> file.toFile().length())).singleElement()
						.satisfies((length) -> assertThat(length).isBetween(50L, 1000L));
				}
			});
	}

	@Test
	void withoutTheFilterNothingIsCompressedOrDecompressed() {
		byte[] compressed = gzip(new byte[10]);
		send(compressed, "gzip");
		Flow.application(this.broker.url(), this.script)
			.withPropertyValues("messaging.destination.invoices.queue=Invoices")
			.run((context) -> {
				Flow.eventually().until(() -> this.script.calls().size() == 1);
				assertThat((byte[]) this.script.calls().get(0).message().getPayload()).isEqualTo(compressed);
				context.getBean(MessagePublisher.class).publish("invoices", LARGE);
				assertThat(((TextMessage) this.client.receive("Invoices")).getText()).isEqualTo(LARGE);
			});
	}

	@ParameterizedTest
	@CsvSource({ "threshold=0B, threshold' is 0", "only=oders, Did you mean 'orders'", "except=oders, Did you mean" })
	void badConfigurationStopsTheStart(String property, String message) {
		application(null).withPropertyValues("messaging.filter.compression." + property)
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining(message));
	}

	private void send(byte[] payload, String encoding) {
		this.client.send(Flow.QUEUE, (session) -> {
			var message = session.createBytesMessage();
			message.writeBytes(payload);
			message.setStringProperty("content_encoding", encoding);
			return message;
		});
	}

	private static byte[] gzip(byte[] bytes) {
		ByteArrayOutputStream target = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(target)) {
			gzip.write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return target.toByteArray();
	}

	private ApplicationContextRunner application(Script script) {
		ApplicationContextRunner runner = Flow.application(this.broker.url())
			.withPropertyValues("messaging.filter.compression.enabled=true");
		return (script != null) ? runner.withBean("script", Script.class, () -> script) : runner;
	}

}
