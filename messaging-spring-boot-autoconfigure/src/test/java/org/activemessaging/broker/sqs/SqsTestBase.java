package org.activemessaging.broker.sqs;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.flow.BrokerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One service for all tests of a class, and connections that are closed after each.
 */
abstract class SqsTestBase {

	private static final int PORT = BrokerProcess.freePort();

	private static ElasticMq service;

	private static int queues;

	private static SqsClient client;

	private final List<Connection> connections = new ArrayList<>();

	final SqsAdapter adapter = new SqsAdapter();

	@BeforeAll
	static void startService() {
		service = ElasticMq.start(PORT);
		client = SqsClient.builder()
			.endpointOverride(URI.create(url()))
			.region(Region.US_EAST_1)
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.build();
	}

	@AfterAll
	static void stopService() {
		client.close();
		service.close();
	}

	@AfterEach
	void closeConnections() throws JMSException {
		for (Connection connection : this.connections) {
			connection.close();
		}
	}

	static String url() {
		return "http://127.0.0.1:" + PORT;
	}

	static void stopAndForget() {
		service.close();
	}

	static void startAgain() {
		service = ElasticMq.start(PORT);
	}

	/**
	 * A client that knows nothing of this library.
	 */
	static SqsClient plain() {
		return client;
	}

	static String newQueue() {
		return "Orders" + ++queues;
	}

	static BrokerProfile profile(String url, Map<String, String> properties) {
		return profile(url, properties, Duration.ofSeconds(15));
	}

	static BrokerProfile profile(String url, Map<String, String> properties, Duration timeout) {
		Map<String, String> all = new HashMap<>(Map.of("wait-time", "2s"));
		all.putAll(properties);
		return new BrokerProfile("jobs", "voyeur", url, "access", "xyzzy-secret", null, Duration.ofMillis(100),
				Duration.ofMillis(500), timeout, all);
	}

	Connection connect(Map<String, String> properties, ExecutionInterceptor... interceptors) throws JMSException {
		Connection connection = new SqsAdapter(List.of(interceptors))
			.createConnectionFactory(profile(url(), properties))
			.createConnection();
		connection.start();
		this.connections.add(connection);
		return connection;
	}

	Connection connect() throws JMSException {
		return connect(Map.of());
	}

	Session transacted(Connection connection) throws JMSException {
		return connection.createSession(true, Session.SESSION_TRANSACTED);
	}

	MessageConsumer consumer(Session session, String queue, int prefetch) throws JMSException {
		return this.adapter.createConsumer(session, Address.queue(queue), prefetch, null);
	}

	void send(Connection connection, String queue, String... texts) throws JMSException {
		Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
		MessageProducer producer = session.createProducer(null);
		for (String text : texts) {
			producer.send(this.adapter.producerDestination(session, Address.queue(queue)),
					session.createTextMessage(text));
		}
		session.close();
	}

	static String text(Message message) throws JMSException {
		assertThat(message).isNotNull();
		return ((TextMessage) message).getText();
	}

	static byte[] bytes(Message message) throws JMSException {
		BytesMessage bytes = (BytesMessage) message;
		byte[] value = new byte[(int) bytes.getBodyLength()];
		bytes.readBytes(value);
		return value;
	}

	/**
	 * Messages that wait, that are held, and that are delayed.
	 */
	static List<Integer> numbers(String queue) {
		Map<QueueAttributeName, String> attributes = plain()
			.getQueueAttributes((request) -> request.queueUrl(queueUrl(queue)).attributeNames(QueueAttributeName.ALL))
			.attributes();
		return List.of(Integer.parseInt(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)),
				Integer.parseInt(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)),
				Integer.parseInt(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED)));
	}

	static String queueUrl(String queue) {
		return plain().getQueueUrl((request) -> request.queueName(SqsNames.encode(queue))).queueUrl();
	}

}
