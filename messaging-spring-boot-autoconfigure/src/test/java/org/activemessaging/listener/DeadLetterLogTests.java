package org.activemessaging.listener;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

import org.activemessaging.broker.Address;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.destination.NamedDestination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * The log of dead letters tells all about a few of them, and the number of many.
 */
@ExtendWith(OutputCaptureExtension.class)
class DeadLetterLogTests {

	private static final String LINE = "is moved to the dead letters";

	private final Queue<Runnable> minutes = new ArrayDeque<>();

	private final DeadLetterLog log = new DeadLetterLog("processor 'orders'", 18, this.minutes::add);

	@Test
	void deadLetterIsNamedWithItsCause(CapturedOutput output) {
		add("id-1", new IllegalStateException("no stock"));
		assertThat(lines(output)).singleElement()
			.asString()
			.contains("WARN", "id-1", "processor 'orders'", "DLQ.Orders", "3 of 18", "(handler)",
					"java.lang.IllegalStateException: no stock");
	}

	@Test
	void manyDeadLettersAreAFewLines(CapturedOutput output) {
		for (int i = 0; i < 5000; i++) {
			add("id-" + i, new IllegalStateException("no stock"));
		}
		assertThat(lines(output)).hasSize(10);
		assertThat(lines(output).get(9)).contains("one line a minute");
		passMinute();
		assertThat(lines(output)).hasSize(11);
		assertThat(lines(output).get(10)).contains("WARN", "4990 more messages", "processor 'orders'", "handler: 4990",
				"id-4999", "no stock");
	}

	@Test
	void stormsThatGoOnAreALineAMinute(CapturedOutput output) {
		for (int minute = 0; minute < 5; minute++) {
			for (int i = 0; i < 100; i++) {
				add("id-" + i, new IllegalStateException("no"));
			}
			passMinute();
		}
		assertThat(lines(output)).hasSize(10 + 5);
	}

	@Test
	void fullLinesAreBackAfterAQuietMinute(CapturedOutput output) {
		for (int i = 0; i < 100; i++) {
			add("id-" + i, new IllegalStateException("no"));
		}
		passMinute();
		passMinute();
		assertThat(this.minutes).isEmpty();
		add("id-new", new IllegalStateException("no"));
		assertThat(lines(output)).hasSize(12);
		assertThat(lines(output).get(11)).contains("Message id-new of");
	}

	@Test
	void textsOfMessagesAndProcessorsCannotForgeLinesNorShowSecrets(CapturedOutput output) {
		add("id\n2026-01-01 ERROR forged",
				new IllegalStateException("jdbc:x://scott:xyzzy-1@db/x?a=b\r\nERROR password=xyzzy-2 forged"));
		assertThat(output.getAll().lines().filter((line) -> line.contains("forged"))).hasSize(1);
		assertThat(output).doesNotContain("xyzzy-1").doesNotContain("xyzzy-2");
	}

	private void add(String id, Throwable failure) {
		NamedDestination destination = mock(NamedDestination.class);
		given(destination.deadLetterAddress(any())).willReturn(Address.queue("DLQ.Orders"));
		this.log.add(new DeadLetter("orders", destination, null, Address.queue("Orders"), "handler", 3, failure, null),
				id);
	}

	private void passMinute() {
		this.minutes.remove().run();
	}

	private static List<String> lines(CapturedOutput output) {
		// The minute of an application that ended before in this JVM may pass meanwhile.
		return output.getAll()
			.lines()
			.filter((line) -> line.contains("processor 'orders'"))
			.filter((line) -> line.contains(LINE) || line.contains("more messages"))
			.toList();
	}

}
