package org.activemessaging.samples.benchmark.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;

/**
 * RabbitMQ, from Debian's package. All candidates use one durable quorum queue, as this
 * library declares it.
 */
public final class RabbitMqBroker implements MeasuredBroker {

	private static final long CONFIRM_MILLIS = 60_000;

	private static final int BATCH = 1000;

	private final RabbitMqNode node;

	private final ConnectionFactory connectionFactory = new ConnectionFactory();

	/**
	 * Starts a node.
	 * @param directory where its data and its log are to be
	 */
	public RabbitMqBroker(Path directory) {
		this.node = new RabbitMqNode(directory.resolve("rabbitmq"));
		this.connectionFactory.setHost("localhost");
		this.connectionFactory.setPort(this.node.port());
	}

	/**
	 * Tells whether RabbitMQ can be measured.
	 * @return whether it is installed
	 */
	public static boolean isInstalled() {
		return Files.isExecutable(RabbitMqNode.SERVER);
	}

	@Override
	public Map<String, String> settings() {
		return Map.of("adapter", "rabbitmq", "url", "amqp://localhost:" + this.node.port(), "user", "guest", "password",
				"guest");
	}

	@Override
	public void load(String queue, int messages) {
		BasicProperties properties = MessageProperties.PERSISTENT_BASIC.builder()
			.contentType("text/plain")
			.headers(Map.of("JMSType", "TextMessage"))
			.build();
		try (Connection connection = this.connectionFactory.newConnection();
				Channel channel = connection.createChannel()) {
			channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
			channel.confirmSelect();
			for (int i = 0; i < messages; i++) {
				channel.basicPublish("", queue, properties, Payload.of(i, 0).getBytes(StandardCharsets.UTF_8));
				if (i % BATCH == BATCH - 1) {
					channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
				}
			}
			channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
		}
		catch (IOException | TimeoutException ex) {
			throw new IllegalStateException("The messages of " + queue + " cannot be sent", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public Found drain(String queue, int messages, int expected) {
		int[] seen = new int[messages];
		try (Connection connection = this.connectionFactory.newConnection();
				Channel channel = connection.createChannel()) {
			GetResponse response = channel.basicGet(queue, true);
			while (response != null) {
				seen[Payload.number(new String(response.getBody(), StandardCharsets.UTF_8))]++;
				response = channel.basicGet(queue, true);
			}
			channel.queueDelete(queue);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
		return JmsQueues.count(seen, 0);
	}

	@Override
	public void close() {
		this.node.close();
	}

}
