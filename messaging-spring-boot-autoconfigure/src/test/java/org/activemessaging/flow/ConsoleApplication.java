package org.activemessaging.flow;

import java.time.Duration;
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
			"spring.application.version=1.4.2", "spring.main.banner-mode=off",
			"management.endpoints.web.exposure.include=messaging", "messaging.operations.sample-interval=1s",
			"messaging.listener.redelivery.immediate=0", "messaging.listener.redelivery.delayed=0",
			"messaging.listener.brake.failures=1000000", "messaging.destination.clickstream.virtual-topic=Clickstream",
			"messaging.destination.clickstream.groups=billing", "messaging.destination.orders.queue=Orders",
			"messaging.destination.invoices.queue=Invoices", "messaging.destination.news.topic=News",
			"messaging.processor.orders.concurrency=1-4", "messaging.processor.invoices.auto-startup=false",
			"messaging.processor-group.web=clicks,orders" };

	private static final String[] WRITABLE = { "management.endpoint.messaging.access=unrestricted",
			"messaging.operations.payload.enabled=true", "messaging.operations.control.enabled=true",
			"messaging.operations.purge.enabled=true", "messaging.operations.redrive.enabled=true",
			"messaging.operations.move.enabled=true", "messaging.operations.discard.enabled=true",
			"messaging.broker.analytics.adapter=activemq" };

	private final Shop shop = new Shop();

	private final AutoCloseable broker;

	private final ConfigurableApplicationContext context;

	private ConsoleApplication(AutoCloseable broker, List<String> properties) {
		this.broker = broker;
		this.context = new SpringApplicationBuilder(Application.class)
			.initializers(
					(GenericApplicationContext context) -> context.registerBean("shop", Shop.class, () -> this.shop))
			.properties(PROPERTIES)
			.properties(properties.toArray(String[]::new))
			.run();
	}

	/**
	 * Starts the shop with a broker of its own. Everything is allowed.
	 */
	static ConsoleApplication shop() {
		TestBroker broker = TestBroker.start();
		List<String> properties = new ArrayList<>(List.of(WRITABLE));
		properties.add("messaging.broker.analytics.url=" + broker.url());
		return new ConsoleApplication(broker, properties);
	}

	/**
	 * Starts a large shop, whose endpoint only reads.
	 * @param queues how many queues it has beside: {@code shelf-0}, {@code shelf-1}, …
	 */
	static ConsoleApplication largeShop(int queues) {
		List<String> properties = new ArrayList<>(List.of("messaging.broker.analytics.url=memory://large"));
		for (int i = 0; i < queues; i++) {
			properties.add("messaging.destination.shelf-" + i + ".queue=Shelf" + i);
		}
		return new ConsoleApplication(() -> {
		}, properties);
	}

	/**
	 * Returns the address of the page.
	 */
	String console() {
		return "http://localhost:" + this.context.getEnvironment().getProperty("local.server.port")
				+ "/actuator/messaging/console";
	}

	EndpointClient endpoint() {
		return new EndpointClient(this.context);
	}

	/**
	 * Ends the failures of orders.
	 */
	void repair() {
		this.shop.broken.set(false);
	}

	void publish(String destination, int count) {
		for (int i = 0; i < count; i++) {
			publish(destination, destination + " " + i);
		}
	}

	void publish(String destination, String text) {
		this.context.getBean(MessagePublisher.class).publish(destination, text);
	}

	/**
	 * Lets the shop be visited for a while, now by more people, now by fewer.
	 */
	void trade(Duration duration) {
		long start = System.nanoTime();
		for (int i = 0; Flow.since(start).compareTo(duration) < 0; i++) {
			double crowd = 1 + Math.sin(i / 120.0) + Math.random() / 2;
			publish("clickstream", 1 + (int) (4 * crowd));
			publish("orders", "orders " + (i % 7 == 0 ? i : 2 * i));
			Flow.work(Duration.ofMillis(80));
		}
	}

	@Override
	public void close() throws Exception {
		this.context.close();
		this.broker.close();
	}

	/**
	 * What handles the messages of the shop.
	 */
	static final class Shop {

		private final AtomicBoolean broken = new AtomicBoolean(true);

		@SubscribesTo(value = "clickstream", id = "clicks")
		void click(String click) {
		}

		@SubscribesTo(value = "orders", id = "orders")
		void order(String order) {
			Flow.work(Duration.ofMillis(2 + order.hashCode() % 5));
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
