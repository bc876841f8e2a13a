package org.activemessaging.flow;

import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.filter.Direction;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.filter.FilterFor;
import org.activemessaging.filter.MessageFilter;
import org.activemessaging.filter.Routing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.env.MapPropertySource;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

/**
 * A header arrives as it was given, or is refused by name before anything is sent.
 */
class HeaderFuzzTests {

	private static final int HEADERS = 10_000;

	@Test
	void randomHeadersArriveUnchangedOrAreRefusedByName() {
		// To be repeated with -Dfuzz.seed=<seed> when it fails.
		long seed = Long.getLong("fuzz.seed", System.nanoTime());
		Random random = new Random(seed);
		try (TestBroker broker = TestBroker.start(); PlainClient client = broker.client()) {
			Flow.application(broker.url()).run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				int accepted = 0;
				for (int done = 0; done < HEADERS; done += 20) {
					Map<String, Object> headers = new HashMap<>();
					MessagePublisher.Publication publication = publisher.to("orders");
					for (int i = 0; i < 20; i++) {
						String name = name(random);
						Object value = value(random);
						try {
							publication.header(name, value);
							headers.put(name, value);
						}
						catch (IllegalArgumentException ex) {
							String shown = name.replaceAll("\\p{Cntrl}", "?");
							assertThat(ex.getMessage()).as("seed %d", seed).contains("'" + shown + "'");
							assertThat(ex.getMessage()).doesNotContainPattern("\\p{Cntrl}");
						}
					}
					headers.keySet()
						.removeIf(List.of("persistent", "priority", "time-to-live", "correlation-id")::contains);
					try {
						publication.publish("text");
					}
					catch (PublishException ex) {
						assertThat(ex).as("seed %d", seed).isNotInstanceOf(PublishUncertainException.class);
						assertThat(headers.keySet()).as("seed %d: %s", seed, ex).anyMatch(ex.getMessage()::contains);
						continue;
					}
					Message message = client.receive(Flow.QUEUE);
					for (Map.Entry<String, Object> header : headers.entrySet()) {
						assertThat(received(message, header.getKey())).as("seed %d: %s", seed, header.getKey())
							.isEqualTo(header.getValue());
						accepted++;
					}
					assertThat(names(message)).as("seed %d", seed)
						.isSubsetOf(union(headers.keySet(), "am_id", "JMSXDeliveryCount", "JMSXGroupSeq"));
				}
				assertThat(accepted).isGreaterThan(HEADERS / 10);
			});
		}
		catch (AssertionError ex) {
			fail("Seed " + seed + ": " + ex.getMessage(), ex);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil\r\nJMSXGroupID:x", "evil name", "evil:name", "", "1evil", "evil\u0000",
			"évil\u2028x", "am_attempt", "JMSPriority", "JMSReplyTo" })
	void nameThatAFilterMakesUpIsChecked(String name) {
		assertRefused((message) -> MessageBuilder.fromMessage(message).setHeader(name, "x").build(),
				name.replaceAll("\\p{Cntrl}", "?"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\r", "\u0000", "a\u001b[31m", "a\u0085b", "\u007f", "emoji \uD83D\uDE00" })
	void valueThatAFilterMakesUpIsChecked(String value) {
		assertRefused((message) -> MessageBuilder.fromMessage(message).setHeader("evil", value).build(), "'evil'");
		assertRefused((message) -> MessageBuilder.fromMessage(message).setHeader("correlation-id", value).build(),
				"'correlation-id'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil=a\nb", "evil=\u0000", "correlation-id=a\nb", "am_attempt=1", "priority=10" })
	void configuredHeaderIsChecked(String header) {
		int equals = header.indexOf('=');
		Flow.application("tcp://localhost:1")
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("evil",
						Map.of("messaging.destination.orders.headers[" + header.substring(0, equals) + "]",
								header.substring(equals + 1)))))
			.run((context) -> {
				assertThat(context).hasFailed();
				assertThat(context.getStartupFailure().toString()).contains(header.substring(0, equals));
			});
	}

	private static void assertRefused(UnaryOperator<org.springframework.messaging.Message<?>> change, String named) {
		try (TestBroker broker = TestBroker.start()) {
			Flow.application(broker.url())
				.withBean("evil", EvilFilter.class, () -> new EvilFilter(change))
				.run((context) -> {
					assertThatExceptionOfType(PublishException.class)
						.isThrownBy(() -> context.getBean(MessagePublisher.class).publish("orders", "text"))
						.isNotInstanceOf(PublishUncertainException.class)
						.withMessageContaining(named)
						.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContainPattern("\\p{Cntrl}"));
					assertThat(broker.depth(Flow.QUEUE)).isZero();
				});
		}
	}

	private static String name(Random random) {
		String[] known = { "JMSXGroupID", "JMSXGroupSeq", "JMSXUserID", "JMSXAppID", "JMSXDeliveryCount", "JMSType",
				"JMSReplyTo", "JMSCorrelationID", "JMSExpiration", "JMSPriority", "JMSDestination", "JMSTimestamp",
				"JMSRedelivered", "JMSDeliveryMode", "JMSMessageID", "am_attempt", "am_x", "NULL", "true", "AND", "id",
				"timestamp", "persistent", "priority", "time-to-live", "correlation-id", "content_type",
				"CamelJmsReplyTo" };
		return switch (random.nextInt(10)) {
			case 0 -> known[random.nextInt(known.length)];
			case 1 -> RandomText.of(random, 0x250);
			case 2 -> RandomText.of(random, 0x110000);
			case 3 -> "x" + RandomText.of(random, 0x80);
			default -> "h_" + Integer.toString(random.nextInt(Integer.MAX_VALUE), 36);
		};
	}

	private static Object value(Random random) {
		return switch (random.nextInt(10)) {
			case 0 -> random.nextInt();
			case 1 -> random.nextLong();
			case 2 -> random.nextDouble();
			case 3 -> random.nextBoolean();
			case 4 -> (byte) random.nextInt();
			case 5 -> List.of("a");
			case 6 -> RandomText.of(random, 0x80);
			case 7 -> RandomText.of(random, 0x110000);
			case 8 -> "x".repeat(random.nextInt(40_000));
			default -> "plain " + random.nextInt();
		};
	}

	private static Object received(Message message, String name) throws JMSException {
		return message.getObjectProperty(name);
	}

	private static Set<String> names(Message message) throws JMSException {
		Set<String> names = new HashSet<>();
		Enumeration<?> enumeration = message.getPropertyNames();
		while (enumeration.hasMoreElements()) {
			names.add((String) enumeration.nextElement());
		}
		return names;
	}

	private static Set<String> union(Set<String> names, String... more) {
		Set<String> union = new HashSet<>(names);
		union.addAll(List.of(more));
		return union;
	}

	@FilterFor(direction = Direction.OUTBOUND)
	static class EvilFilter implements MessageFilter {

		private final UnaryOperator<org.springframework.messaging.Message<?>> change;

		EvilFilter(UnaryOperator<org.springframework.messaging.Message<?>> change) {
			this.change = change;
		}

		@Override
		public void filter(org.springframework.messaging.Message<?> message, Routing routing, FilterChain chain)
				throws Exception {
			chain.proceed(this.change.apply(message));
		}

	}

}
