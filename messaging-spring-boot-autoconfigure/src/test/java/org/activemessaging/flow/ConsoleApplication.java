package org.activemessaging.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.activemessaging.MessagePublisher;
import org.activemessaging.SubscribesTo;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A small shop to look at: clicks that come all the time, orders with two kinds of
 * failures, a group that nobody runs, and a processor that is not started.
 */
final class ConsoleApplication implements AutoCloseable {

	private static final String[] PROPERTIES = { "server.port=0", "spring.application.name=voyeur",
			"spring.main.banner-mode=off", "management.endpoints.web.exposure.include=messaging",
			"management.endpoint.messaging.access=unrestricted", "messaging.broker.analytics.adapter=activemq",
			"messaging.operations.sample-interval=1s", "messaging.operations.payload.enabled=true",
			"messaging.operations.control.enabled=true", "messaging.operations.purge.enabled=true",
			"messaging.operations.redrive.enabled=true", "messaging.operations.move.enabled=true",
			"messaging.operations.discard.enabled=true", "messaging.listener.redelivery.immediate=0",
			"messaging.listener.redelivery.delayed=0", "messaging.listener.brake.failures=1000000" };

	private final TestBroker broker = TestBroker.start();

	private final Shop shop = new Shop();

	private final ConfigurableApplicationContext context;

	ConsoleApplication(String... properties) {
		List<String> all = new ArrayList<>(List.of(PROPERTIES));
		all.add("messaging.broker.analytics.url=" + this.broker.url());
		all.addAll(List.of(properties));
		this.context = new SpringApplicationBuilder(Application.class)
			.initializers(
					(GenericApplicationContext context) -> context.registerBean("shop", Shop.class, () -> this.shop))
			.run(all.stream().map((property) -> "--" + property).toArray(String[]::new));
	}

	/**
	 * Starts the shop.
	 */
	static ConsoleApplication shop() {
		return new ConsoleApplication("messaging.destination.clickstream.virtual-topic=Clickstream",
				"messaging.destination.clickstream.groups=billing", "messaging.destination.orders.queue=Orders",
				"messaging.destination.invoices.queue=Invoices", "messaging.destination.news.topic=News",
				"messaging.processor.orders.concurrency=1-4", "messaging.processor.invoices.auto-startup=false",
				"messaging.processor-group.web=clicks,orders");
	}

	String url() {
		return "http://localhost:" + this.context.getEnvironment().getProperty("local.server.port");
	}

	Shop shopkeeper() {
		return this.shop;
	}

	void publish(String destination, int count) {
		MessagePublisher publisher = this.context.getBean(MessagePublisher.class);
		for (int i = 0; i < count; i++) {
			publisher.publish(destination, destination + " " + i);
		}
	}

	@Override
	public void close() {
		this.context.close();
		this.broker.close();
	}

	/**
	 * What handles the messages of the shop.
	 */
	static final class Shop {

		private final AtomicBoolean broken = new AtomicBoolean(true);

		void repair() {
			this.broken.set(false);
		}

		@SubscribesTo(value = "clickstream", id = "clicks")
		void click(String click) {
		}

		@SubscribesTo(value = "orders", id = "orders")
		void order(String order) {
			int number = Integer.parseInt(order.substring(order.indexOf(' ') + 1));
			if (this.broken.get() && number % 4 == 1) {
				throw new IllegalStateException("The warehouse does not know article " + number);
			}
			if (this.broken.get() && number % 4 == 3) {
				throw new IllegalArgumentException("No price");
			}
		}

		@SubscribesTo(value = "invoices", id = "invoices")
		void invoice(String invoice) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
