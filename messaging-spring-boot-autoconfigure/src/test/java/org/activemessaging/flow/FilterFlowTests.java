package org.activemessaging.flow;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishException;
import org.activemessaging.RejectMessageException;
import org.activemessaging.StopFilterException;
import org.activemessaging.filter.Direction;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.filter.FilterFor;
import org.activemessaging.filter.MessageFilter;
import org.activemessaging.filter.MessageFilters;
import org.activemessaging.filter.Routing;
import org.activemessaging.filter.ScopedFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Filters around messages.
 */
class FilterFlowTests {

	private final TestBroker broker = TestBroker.start();

	private final PlainClient client = this.broker.client();

	private final Script script = Script.thatSucceeds();

	@AfterEach
	void stop() {
		this.client.close();
		this.broker.close();
	}

	@Test
	void filtersAreCalledAroundMessagesInTheirOrderForWhatTheyAreFor() {
		Trace trace = new Trace();
		Script script = new Script((message) -> trace.add("processor"));
		Flow.application(this.broker.url(), script)
			.withBean(Trace.class, () -> trace)
			.withUserConfiguration(Filters.class)
			.withPropertyValues("messaging.destination.invoices.queue=Invoices")
			.run((context) -> {
				this.client.sendText(Flow.QUEUE, "order");
				Flow.eventually().until(() -> trace.events.size() == 9);
				assertThat(trace.events).containsExactly("> first INBOUND orders script",
						"> second INBOUND orders script", "> only-orders INBOUND orders script",
						"> inbound INBOUND orders script", "processor", "< inbound", "< only-orders", "< second",
						"< first");
				trace.events.clear();
				context.getBean(MessagePublisher.class).publish("invoices", "invoice");
				assertThat(trace.events).containsExactly("> first OUTBOUND invoices null",
						"> except-orders OUTBOUND invoices null", "> outbound OUTBOUND invoices null", "< outbound",
						"< except-orders", "< first");
				assertThat(((TextMessage) this.client.receive("Invoices")).getText()).isEqualTo("invoice");
			});
	}

	@Test
	void configurationSaysWhereAFilterStandsAndWhatItIsFor() {
		Trace trace = new Trace();
		Flow.application(this.broker.url())
			.withBean(Trace.class, () -> trace)
			.withUserConfiguration(Filters.class)
			.withPropertyValues("messaging.destination.invoices.queue=Invoices", "messaging.filter.bean.first.order=9",
					"messaging.filter.bean.second.enabled=false", "messaging.filter.bean.only-orders.only=invoices",
					"messaging.filter.bean.exceptorders.direction=inbound", "messaging.filter.bean.outbound.order=1")
			.run((context) -> {
				context.getBean(MessagePublisher.class).publish("invoices", "invoice");
				assertThat(trace.events).containsExactly("> outbound OUTBOUND invoices null",
						"> only-orders OUTBOUND invoices null", "> first OUTBOUND invoices null", "< first",
						"< only-orders", "< outbound");
				assertThat(context.getBean(MessageFilters.class).in(Direction.INBOUND)).extracting(ScopedFilter::name)
					.containsExactly("claim-check", "onlyOrders", "exceptOrders", "inbound", "first");
			});
	}

	@ParameterizedTest
	@CsvSource({ "messaging.filter.bean.secnod.order=1, 'messaging.filter.bean.secnod', Did you mean 'second'",
			"messaging.filter.bean.second.only=oders, 'messaging.filter.bean.second.only', Did you mean 'orders'",
			"messaging.filter.bean.second.direction=, 'messaging.filter.bean.second.direction', is empty",
			"messaging.filter.bean.second.except=oders, 'messaging.filter.bean.second.except', orders" })
	void configurationOfWhatDoesNotExistStopsTheStart(String property, String where, String match) {
		Flow.application(this.broker.url())
			.withBean(Trace.class)
			.withUserConfiguration(Filters.class)
			.withPropertyValues("messaging.destination.invoices.queue=Invoices", property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining(where)
				.hasMessageContaining(match));
	}

	@Test
	void inboundFilterMayChangePayloadAndHeaders() {
		application((message, routing,
				chain) -> chain.proceed(MessageBuilder.withPayload("changed " + message.getPayload())
					.copyHeaders(message.getHeaders())
					.setHeader("added", "by filter")
					.build()))
			.run((context) -> {
				this.client.send(Flow.QUEUE, (session) -> {
					Message message = session.createTextMessage("order");
					message.setStringProperty("city", "Köln");
					return message;
				});
				Flow.eventually().until(() -> this.script.completed().contains("changed order"));
				assertThat(this.script.calls().get(0).message().getHeaders()).containsEntry("added", "by filter")
					.containsEntry("city", "Köln");
			});
	}

	@Test
	void outboundFilterMayChangePayloadAndHeaders() {
		publishing((message, routing,
				chain) -> chain.proceed(MessageBuilder.withPayload("changed " + message.getPayload())
					.copyHeaders(message.getHeaders())
					.setHeader("added", "by filter")
					.setHeader("priority", 8)
					.build()))
			.run((context) -> {
				context.getBean(MessagePublisher.class).publish("orders", new Invoice(1), Map.of("city", "Köln"));
				Message message = this.client.receive(Flow.QUEUE);
				assertThat(((TextMessage) message).getText()).isEqualTo("changed {\"number\":1}");
				assertThat(message.getStringProperty("added")).isEqualTo("by filter");
				assertThat(message.getStringProperty("city")).isEqualTo("Köln");
				assertThat(message.getStringProperty("content_type")).isEqualTo("application/json");
				assertThat(message.getJMSPriority()).isEqualTo(8);
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void stoppedInboundMessageIsAcknowledgedAndNotProcessed(boolean exception) {
		application((message, routing, chain) -> {
			if (message.getPayload().equals("stop")) {
				if (exception) {
					throw new StopFilterException("not for us");
				}
				return;
			}
			chain.proceed(message);
		}).run((context) -> {
			this.client.sendText(Flow.QUEUE, "stop", "go");
			Flow.eventually().until(() -> this.script.completed().contains("go"));
			Flow.eventually().until(() -> this.broker.depth(Flow.QUEUE) == 0);
			assertThat(this.script.calls()).hasSize(1);
			assertThat(this.broker.deadLetters()).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void stoppedOutboundMessageIsNotSent(boolean exception) {
		publishing((message, routing, chain) -> {
			if (exception) {
				throw new StopFilterException("not for them");
			}
		}).run((context) -> {
			context.getBean(MessagePublisher.class).publish("orders", "order");
			assertThat(this.client.receive(Flow.QUEUE, Duration.ofMillis(300))).isNull();
		});
	}

	@Test
	void exceptionOfAnInboundFilterIsAFailureAndTheDeadLetterIsTheOriginal() {
		application((message, routing, chain) -> {
			if (message.getPayload().equals("bad")) {
				throw new IOException("filter cannot");
			}
			chain.proceed(message);
		}).withPropertyValues("messaging.listener.redelivery.delayed=1").run((context) -> {
			this.client.sendText(Flow.QUEUE, "bad", "good");
			Message letter = this.client.receive(Flow.DEAD_LETTERS);
			assertThat(((TextMessage) letter).getText()).isEqualTo("bad");
			assertThat(letter.getIntProperty("am_attempt")).isEqualTo(6);
			assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("handler");
			assertThat(letter.getStringProperty("am_exception_class")).isEqualTo(IOException.class.getName());
			assertThat(this.script.completed()).containsExactly("good");
		});
	}

	@Test
	void rejectionByAFilterIsADeadLetterAtOnce() {
		application((message, routing, chain) -> {
			throw new RejectMessageException("never");
		}).run((context) -> {
			this.client.sendText(Flow.QUEUE, "bad");
			assertThat(this.client.receive(Flow.DEAD_LETTERS).getStringProperty("am_failure_kind"))
				.isEqualTo("rejected");
		});
	}

	@Test
	void deadLetterOfAFilteredMessageIsTheOriginal() {
		Script failing = Script.thatFails();
		MessageFilter filter = (message, routing, chain) -> chain
			.proceed(MessageBuilder.withPayload("decrypted").setHeader("secret", "revealed").build());
		Flow.application(this.broker.url(), failing)
			.withBean("filter", MessageFilter.class, () -> filter)
			.withPropertyValues("messaging.listener.redelivery.delayed=1")
			.run((context) -> {
				this.client.send(Flow.QUEUE, (session) -> {
					Message message = session.createTextMessage("encrypted");
					message.setStringProperty("city", "Köln");
					return message;
				});
				Message letter = this.client.receive(Flow.DEAD_LETTERS);
				assertThat(failing.calls()).hasSize(6).allMatch((call) -> call.payload().equals("decrypted"));
				assertThat(((TextMessage) letter).getText()).isEqualTo("encrypted");
				assertThat(letter.getStringProperty("city")).isEqualTo("Köln");
				assertThat(letter.propertyExists("secret")).isFalse();
			});
	}

	@Test
	void filterMayCatchWhatTheProcessorThrows() {
		Script failing = Script.thatFails();
		MessageFilter filter = (message, routing, chain) -> {
			try {
				chain.proceed(message);
			}
			catch (IllegalStateException ex) {
				// Not worth another try.
			}
		};
		Flow.application(this.broker.url(), failing)
			.withBean("filter", MessageFilter.class, () -> filter)
			.run((context) -> {
				this.client.sendText(Flow.QUEUE, "bad");
				Flow.eventually().until(() -> failing.calls().size() == 1 && this.broker.depth(Flow.QUEUE) == 0);
				assertThat(this.broker.deadLetters()).isEmpty();
			});
	}

	// Whether there is some filter must not decide whether a message is lost.
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void stopFilterExceptionOfAProcessorIsTreatedAlikeWithAndWithoutFilters(boolean filtered) {
		Script stopping = new Script((message) -> {
			throw new StopFilterException("not a filter");
		});
		ApplicationContextRunner runner = Flow.application(this.broker.url(), stopping)
			.withPropertyValues("messaging.listener.redelivery.delayed=0");
		if (filtered) {
			runner = runner.withBean("filter", MessageFilter.class,
					() -> (message, routing, chain) -> chain.proceed(message));
		}
		runner.run((context) -> {
			this.client.sendText(Flow.QUEUE, "bad");
			Message letter = this.client.receive(Flow.DEAD_LETTERS);
			assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("handler");
			assertThat(letter.getStringProperty("am_exception_message")).containsIgnoringCase("filter");
		});
	}

	@Test
	void exceptionOfAnOutboundFilterIsAPublishException() {
		publishing((message, routing, chain) -> {
			throw new IOException("filter cannot");
		}).run((context) -> {
			assertThatExceptionOfType(PublishException.class)
				.isThrownBy(() -> context.getBean(MessagePublisher.class).publish("orders", "order"))
				.withMessageContaining("filter cannot")
				.withCauseInstanceOf(IOException.class);
			assertThat(this.client.receive(Flow.QUEUE, Duration.ofMillis(200))).isNull();
		});
	}

	@Test
	void headersOfAnOutboundFilterAreChecked() {
		publishing((message, routing, chain) -> chain
			.proceed(MessageBuilder.fromMessage(message).setHeader("key", "line\nbreak").build())).run((context) -> {
				assertThatExceptionOfType(PublishException.class)
					.isThrownBy(() -> context.getBean(MessagePublisher.class).publish("orders", "order"))
					.withMessageContaining("'key'");
				assertThat(this.client.receive(Flow.QUEUE, Duration.ofMillis(200))).isNull();
			});
	}

	@Test
	void filterForAnUnknownDestinationStopsTheStart() {
		Flow.application(this.broker.url())
			.withBean("misdirected", Misdirected.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'order'")
				.hasMessageContaining("misdirected")
				.hasMessageContaining("orders"));
	}

	private ApplicationContextRunner application(MessageFilter filter) {
		return Flow.application(this.broker.url(), this.script).withBean("filter", MessageFilter.class, () -> filter);
	}

	private ApplicationContextRunner publishing(MessageFilter filter) {
		return Flow.application(this.broker.url()).withBean("filter", MessageFilter.class, () -> filter);
	}

	record Invoice(int number) {
	}

	static final class Trace {

		private final List<String> events = new CopyOnWriteArrayList<>();

		void add(String event) {
			this.events.add(event);
		}

		MessageFilter filter(String name) {
			return (message, routing, chain) -> around(name, message, routing, chain);
		}

		void around(String name, org.springframework.messaging.Message<?> message, Routing routing, FilterChain chain)
				throws Exception {
			add("> " + name + " " + routing.direction() + " " + routing.destination().name() + " "
					+ routing.processor());
			chain.proceed(message);
			add("< " + name);
		}

	}

	@FilterFor(only = "orders")
	@Order(3)
	static class OnlyOrders implements MessageFilter {

		private final Trace trace;

		OnlyOrders(Trace trace) {
			this.trace = trace;
		}

		@Override
		public void filter(org.springframework.messaging.Message<?> message, Routing routing, FilterChain chain)
				throws Exception {
			this.trace.around("only-orders", message, routing, chain);
		}

	}

	@FilterFor(only = "order")
	static class Misdirected implements MessageFilter {

		@Override
		public void filter(org.springframework.messaging.Message<?> message, Routing routing, FilterChain chain) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Filters {

		@Bean
		@Order(5)
		@FilterFor(direction = Direction.OUTBOUND)
		MessageFilter outbound(Trace trace) {
			return trace.filter("outbound");
		}

		@Bean
		@Order(4)
		@FilterFor(direction = Direction.INBOUND)
		MessageFilter inbound(Trace trace) {
			return trace.filter("inbound");
		}

		@Bean
		OnlyOrders onlyOrders(Trace trace) {
			return new OnlyOrders(trace);
		}

		@Bean
		@Order(3)
		@FilterFor(except = "orders")
		MessageFilter exceptOrders(Trace trace) {
			return trace.filter("except-orders");
		}

		@Bean
		@Order(2)
		@FilterFor(except = "invoices")
		MessageFilter second(Trace trace) {
			return trace.filter("second");
		}

		@Bean
		@Order(1)
		MessageFilter first(Trace trace) {
			return trace.filter("first");
		}

	}

}
