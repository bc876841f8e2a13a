package org.activemessaging.broker.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.amazon.sqs.javamessaging.ProviderConfiguration;
import com.amazon.sqs.javamessaging.SQSConnectionFactory;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.activemessaging.broker.Address;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SqsSession}, its consumers and its producers.
 */
class SqsSessionTests extends SqsTestBase {

	@Test
	void transactionSendsAndDeletesTogether() throws JMSException {
		String queue = newQueue();
		String target = newQueue();
		Connection connection = connect();
		send(connection, queue, "a");
		Session session = transacted(connection);
		MessageConsumer consumer = consumer(session, queue, 0);
		assertThat(text(consumer.receive(2000))).isEqualTo("a");
		session.createProducer(null)
			.send(this.adapter.producerDestination(session, Address.queue(target)), session.createTextMessage("b"));
		assertThat(numbers(queue)).containsExactly(0, 1, 0);
		session.commit();
		assertThat(numbers(queue)).containsExactly(0, 0, 0);
		assertThat(numbers(target)).containsExactly(1, 0, 0);
	}

	@Test
	void rollbackSendsNothingAndGivesBackAtOnce() throws JMSException {
		String queue = newQueue();
		String target = newQueue();
		Connection connection = connect();
		send(connection, queue, "a");
		send(connection, target);
		Session session = transacted(connection);
		MessageConsumer consumer = consumer(session, queue, 0);
		Message first = consumer.receive(2000);
		assertThat(first.getJMSRedelivered()).isFalse();
		session.createProducer(null)
			.send(this.adapter.producerDestination(session, Address.queue(target)), session.createTextMessage("b"));
		session.rollback();
		Message second = consumer.receive(2000);
		assertThat(text(second)).isEqualTo("a");
		assertThat(second.getJMSRedelivered()).isTrue();
		assertThat(second.getIntProperty("JMSXDeliveryCount")).isEqualTo(2);
		session.commit();
		assertThat(consumer(session, target, 0).receive(200)).isNull();
	}

	@Test
	void windowOfMoreThanTenIsAcknowledgedInBatches() throws JMSException {
		String queue = newQueue();
		Connection connection = connect();
		String[] texts = IntStream.range(0, 35).mapToObj(String::valueOf).toArray(String[]::new);
		send(connection, queue, texts);
		Session session = transacted(connection);
		MessageConsumer consumer = consumer(session, queue, 100);
		TreeSet<String> received = new TreeSet<>();
		while (received.size() < 35) {
			received.add(text(consumer.receive(2000)));
		}
		MessageProducer producer = session.createProducer(null);
		for (String text : texts) {
			producer.send(this.adapter.producerDestination(session, Address.queue(queue + "Out")),
					session.createTextMessage(text));
		}
		session.commit();
		assertThat(numbers(queue)).containsExactly(0, 0, 0);
		assertThat(numbers(queue + "Out")).containsExactly(35, 0, 0);
		assertThat(consumer.receive(200)).isNull();
	}

	@Test
	void individualAcknowledgementIsOfOneMessage() throws JMSException {
		String queue = newQueue();
		Connection connection = connect();
		send(connection, queue, "0", "1", "2", "3");
		Session session = connection.createSession(false, this.adapter.individualAcknowledge());
		MessageConsumer consumer = consumer(session, queue, 4);
		for (int i = 0; i < 4; i++) {
			Message message = consumer.receive(2000);
			if (Integer.parseInt(text(message)) % 2 == 0) {
				message.acknowledge();
			}
		}
		session.recover();
		TreeSet<String> again = new TreeSet<>();
		for (int i = 0; i < 2; i++) {
			again.add(text(consumer.receive(2000)));
		}
		assertThat(again).containsExactly("1", "3");
		assertThat(consumer.receive(200)).isNull();
	}

	@Test
	void clientAcknowledgementIsOfAllBefore() throws JMSException {
		String queue = newQueue();
		Connection connection = connect();
		send(connection, queue, "0", "1", "2");
		Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
		MessageConsumer consumer = consumer(session, queue, 0);
		consumer.receive(2000);
		consumer.receive(2000).acknowledge();
		assertThat(numbers(queue)).containsExactly(1, 0, 0);
	}

	@Test
	void autoAcknowledgesWhatIsReceived() throws JMSException {
		String queue = newQueue();
		Connection connection = connect();
		send(connection, queue, "0");
		Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
		assertThat(text(consumer(session, queue, 0).receive(2000))).isEqualTo("0");
		assertThat(numbers(queue)).containsExactly(0, 0, 0);
	}

	@Test
	void withoutPrefetchOnlyOneMessageIsTaken() throws JMSException {
		String queue = newQueue();
		Connection connection = connect();
		send(connection, queue, "0", "1", "2");
		Session session = transacted(connection);
		MessageConsumer consumer = consumer(session, queue, 0);
		assertThat(numbers(queue)).containsExactly(3, 0, 0);
		assertThat(consumer.receiveNoWait()).isNotNull();
		assertThat(numbers(queue)).containsExactly(2, 1, 0);
		assertThat(consumer.receive(2000)).isNotNull();
		assertThat(numbers(queue)).containsExactly(1, 2, 0);
	}

	@Test
	void closingGivesBackWhatWasHandedAheadUncounted() throws JMSException {
		String queue = newQueue();
		Connection connection = connect();
		send(connection, queue, "0", "1", "2", "3", "4");
		Session session = transacted(connection);
		MessageConsumer consumer = consumer(session, queue, 10);
		assertThat(consumer.receive(2000)).isNotNull();
		session.commit();
		Flow.eventually().until(() -> numbers(queue).get(1) == 4);
		long before = System.nanoTime();
		consumer.close();
		assertThat(Flow.since(before)).isLessThan(Duration.ofSeconds(2));
		// The answer with the last of them may still be on its way, and is given back
		// when
		// it is here.
		Flow.eventually().until(() -> numbers(queue).equals(List.of(4, 0, 0)));
		MessageConsumer next = consumer(session, queue, 0);
		for (int i = 0; i < 4; i++) {
			Message message = next.receive(2000);
			assertThat(message.getJMSRedelivered()).isFalse();
			assertThat(message.getIntProperty("JMSXDeliveryCount")).isOne();
		}
	}

	@Test
	void connectionThatWaitsForMessagesClosesQuickly() throws Exception {
		String queue = newQueue();
		Connection connection = connect(Map.of("wait-time", "20s"));
		Session session = transacted(connection);
		MessageConsumer consumer = consumer(session, queue, 1);
		assertThat(consumer.receive(100)).isNull();
		Thread receiver = new Thread(() -> {
			try {
				consumer.receive(30_000);
			}
			catch (JMSException ex) {
				throw new IllegalStateException(ex);
			}
		});
		receiver.start();
		Flow.eventually().until(() -> receiver.getState() == Thread.State.TIMED_WAITING);
		long before = System.nanoTime();
		connection.close();
		receiver.join(2000);
		assertThat(receiver.isAlive()).isFalse();
		assertThat(Flow.since(before)).isLessThan(Duration.ofSeconds(2));
	}

	@Test
	void requestThatIsLeftOverServesTheNextConsumer() throws JMSException {
		String queue = newQueue();
		AtomicInteger requests = new AtomicInteger();
		Connection connection = connect(Map.of("wait-time", "20s"), counting(ReceiveMessageRequest.class, requests));
		Session session = transacted(connection);
		MessageConsumer first = consumer(session, queue, 5);
		assertThat(first.receive(100)).isNull();
		first.close();
		MessageConsumer second = consumer(session, queue, 5);
		assertThat(second.receive(100)).isNull();
		assertThat(requests).hasValue(1);
		send(connection, queue, "0");
		Message message = second.receive(2000);
		assertThat(message.getJMSRedelivered()).isFalse();
		session.commit();
	}

	@Test
	void messageIsHeldForLongerThanTheVisibilityTimeout() throws JMSException {
		String queue = newQueue();
		Connection connection = connect(Map.of("visibility-timeout", "1s"));
		send(connection, queue, "0", "1");
		Session session = transacted(connection);
		MessageConsumer consumer = consumer(session, queue, 5);
		assertThat(consumer.receive(2000)).isNotNull();
		Flow.eventually().until(() -> numbers(queue).get(1) == 2);
		MessageConsumer other = consumer(transacted(connect()), queue, 0);
		assertThat(other.receive(3000)).isNull();
		assertThat(consumer.receiveNoWait()).isNotNull();
		session.commit();
		assertThat(numbers(queue)).containsExactly(0, 0, 0);
	}

	@Test
	void messageOfADeadConsumerComesAgain() throws JMSException {
		String queue = newQueue();
		Connection connection = connect();
		send(connection, queue, "0");
		plain().receiveMessage((request) -> request.queueUrl(queueUrl(queue)).visibilityTimeout(1));
		Message message = consumer(transacted(connection), queue, 0).receive(5000);
		assertThat(text(message)).isEqualTo("0");
		assertThat(message.getIntProperty("JMSXDeliveryCount")).isEqualTo(2);
	}

	@Test
	void rightThatIsLostMakesTheMessageComeAgainAndIsNoError() throws JMSException {
		String queue = newQueue();
		Connection connection = connect();
		send(connection, queue, "0");
		SqsSession session = (SqsSession) transacted(connection);
		SqsMessage message = (SqsMessage) consumer(session, queue, 0).receive(2000);
		SqsLease lease = message.state().lease();
		plain().changeMessageVisibility(
				(request) -> request.queueUrl(lease.url()).receiptHandle(lease.handle()).visibilityTimeout(0));
		MessageConsumer other = consumer(transacted(connect()), queue, 0);
		assertThat(text(other.receive(2000))).isEqualTo("0");
		session.commit();
		assertThat(numbers(queue)).containsExactly(0, 1, 0);
	}

	@Test
	void partialFailureOfABatchIsTriedAgain() throws JMSException {
		String queue = newQueue();
		Spoiler spoiler = new Spoiler(1);
		Connection connection = connect(Map.of(), spoiler);
		Session session = transacted(connection);
		sendAll(session, queue, "0", "1", "2");
		session.commit();
		assertThat(spoiler.spoilt).hasValue(1);
		assertThat(drain(queue)).containsExactlyInAnyOrder("0", "1", "2");
	}

	@Test
	void partialFailureOfABatchNamesTheMessageAndAcknowledgesNothing() throws JMSException {
		String queue = newQueue();
		String target = newQueue();
		Connection connection = connect(Map.of(), new Spoiler(Integer.MAX_VALUE));
		send(connection, queue, "0");
		Session session = transacted(connection);
		assertThat(consumer(session, queue, 0).receive(2000)).isNotNull();
		sendAll(session, target, "0", "1", "2");
		assertThatExceptionOfType(JMSException.class).isThrownBy(session::commit)
			.withMessageContaining("1 of 3 messages to queue " + target)
			.withMessageContaining("id-1");
		session.rollback();
		assertThat(numbers(queue)).containsExactly(1, 0, 0);
	}

	@Test
	void headersOfAllTypesSurvive() throws JMSException {
		String queue = newQueue();
		Map<String, Object> headers = new LinkedHashMap<>();
		headers.put("text", "Grüße 日本 \"quoted\" \\ <>&");
		headers.put("empty", "");
		headers.put("yes", true);
		headers.put("no", false);
		headers.put("small", (byte) -7);
		headers.put("medium", (short) 300);
		headers.put("number", 42);
		headers.put("large", Long.MIN_VALUE);
		headers.put("real", 1.5f);
		headers.put("exact", 1e300);
		headers.put("nothing", Double.NaN);
		headers.put("$price", "1");
		headers.put("am_id", "0190-id");
		for (int i = 0; i < 20; i++) {
			headers.put("more" + i, i);
		}
		Message message = roundTrip(queue, headers);
		Map<String, Object> received = new HashMap<>();
		for (String name : headers.keySet()) {
			received.put(name, message.getObjectProperty(name));
		}
		assertThat(received).isEqualTo(headers);
	}

	@Test
	void fewHeadersAreAttributesAsAmazonsLibraryHasThem() throws JMSException {
		String queue = newQueue();
		Connection connection = connect();
		Session session = connection.createSession();
		TextMessage message = session.createTextMessage("x");
		message.setIntProperty("count", 3);
		message.setBooleanProperty("flag", true);
		message.setStringProperty("am_id", "id");
		message.setJMSCorrelationID("c1");
		session.createProducer(null).send(SqsDestination.queue(queue), message);
		var received = plain()
			.receiveMessage((request) -> request.queueUrl(queueUrl(queue)).messageAttributeNames("All"))
			.messages()
			.get(0);
		assertThat(received.messageAttributes()).containsOnlyKeys("count", "flag", "am_id", "JMS_SQSMessageType",
				"JMS_SQSCorrelationID");
		assertThat(received.messageAttributes().get("flag").dataType()).isEqualTo("Number.Boolean");
		assertThat(received.messageAttributes().get("JMS_SQSMessageType").stringValue()).isEqualTo("text");
	}

	@Test
	void amazonsLibraryAndThisOneReadEachOther() throws JMSException {
		String queue = newQueue();
		Connection ours = connect();
		send(ours, queue, "from us");
		SQSConnectionFactory factory = new SQSConnectionFactory(
				new ProviderConfiguration().withNumberOfMessagesToPrefetch(0), plain());
		Connection theirs = factory.createConnection();
		theirs.start();
		Session session = theirs.createSession(false, Session.AUTO_ACKNOWLEDGE);
		assertThat(text(session.createConsumer(session.createQueue(queue)).receive(2000))).isEqualTo("from us");
		MessageProducer producer = session.createProducer(session.createQueue(queue));
		var message = session.createBytesMessage();
		message.writeBytes(new byte[] { 0, 1, -1 });
		message.setLongProperty("large", 1L << 40);
		message.setJMSReplyTo(session.createQueue(queue));
		producer.send(message);
		producer.send(session.createObjectMessage("serialised"));
		Session receiving = transacted(ours);
		MessageConsumer consumer = consumer(receiving, queue, 0);
		List<Message> received = List.of(consumer.receive(2000), consumer.receive(2000));
		assertThat(received).hasAtLeastOneElementOfType(SqsObjectMessage.class);
		for (Message each : received) {
			if (each instanceof SqsBytesMessage) {
				assertThat(bytes(each)).containsExactly(0, 1, -1);
				assertThat(each.getLongProperty("large")).isEqualTo(1L << 40);
				assertThat(each.getJMSReplyTo()).isEqualTo(SqsDestination.queue(queue));
			}
		}
		receiving.commit();
	}

	@Test
	void plainMessageIsText() throws JMSException {
		String queue = newQueue();
		Connection connection = connect();
		MessageConsumer consumer = consumer(transacted(connection), queue, 0);
		plain().sendMessage((request) -> request.queueUrl(queueUrl(queue)).messageBody("plain"));
		assertThat(text(consumer.receive(2000))).isEqualTo("plain");
	}

	@Test
	void emptyBodiesSurvive() throws JMSException {
		String queue = newQueue();
		Connection connection = connect();
		Session session = transacted(connection);
		MessageProducer producer = session.createProducer(SqsDestination.queue(queue));
		producer.send(session.createTextMessage(""));
		producer.send(session.createTextMessage());
		producer.send(session.createBytesMessage());
		session.commit();
		MessageConsumer consumer = consumer(session, queue, 0);
		List<Object> bodies = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			Message message = consumer.receive(2000);
			bodies.add((message instanceof TextMessage text) ? String.valueOf(text.getText()) : bytes(message).length);
		}
		assertThat(bodies).containsExactlyInAnyOrder("", "null", 0);
		session.commit();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u0001b", "lone \ud800", "\uffff" })
	void characterThatIsNotAllowedIsRefusedByItsPosition(String text) throws JMSException {
		String queue = newQueue();
		Session session = connect().createSession();
		assertThatExceptionOfType(MessageFormatException.class)
			.isThrownBy(() -> session.createProducer(SqsDestination.queue(queue)).send(session.createTextMessage(text)))
			.withMessageContaining("The body has the character U+")
			.satisfies((ex) -> assertThat(this.adapter.isRefusal(ex)).isTrue());
	}

	@Test
	void messageThatIsTooLargeIsRefusedBeforeItIsSent() throws JMSException {
		String queue = newQueue();
		Session session = connect(Map.of("max-message-size", "262144")).createSession();
		MessageProducer producer = session.createProducer(SqsDestination.queue(queue));
		producer.send(session.createTextMessage("x".repeat(262_000)));
		assertThatExceptionOfType(MessageFormatException.class)
			.isThrownBy(() -> producer.send(session.createTextMessage("x".repeat(262_144))))
			.withMessageContaining("262144 are allowed");
	}

	@Test
	void messageThatHasExpiredIsDropped() throws JMSException {
		String queue = newQueue();
		Connection connection = connect();
		Session session = transacted(connection);
		MessageProducer producer = session.createProducer(SqsDestination.queue(queue));
		producer.send(session.createTextMessage("short"), 2, 4, 1);
		producer.send(session.createTextMessage("long"), 2, 4, 60_000);
		session.commit();
		MessageConsumer consumer = consumer(session, queue, 0);
		Message message = consumer.receive(2000);
		assertThat(text(message)).isEqualTo("long");
		assertThat(message.getJMSExpiration()).isGreaterThan(System.currentTimeMillis());
		assertThat(consumer.receive(200)).isNull();
	}

	@Test
	void delayIsTheServices() throws JMSException {
		String queue = newQueue();
		Connection connection = connect();
		Session session = transacted(connection);
		MessageProducer producer = session.createProducer(SqsDestination.queue(queue));
		producer.setDeliveryDelay(1200);
		producer.send(session.createTextMessage("late"));
		session.commit();
		long before = System.nanoTime();
		assertThat(numbers(queue)).containsExactly(0, 0, 1);
		assertThat(consumer(session, queue, 0).receive(5000)).isNotNull();
		assertThat(Flow.since(before)).isBetween(Duration.ofMillis(1100), Duration.ofMillis(3500));
		assertThat(this.adapter.longestDelay(Address.queue(queue))).isEqualTo(Duration.ofMinutes(15));
		assertThat(this.adapter.longestDelay(Address.queue("Orders.fifo"))).isZero();
		producer.setDeliveryDelay(900_001);
		assertThatExceptionOfType(MessageFormatException.class)
			.isThrownBy(() -> producer.send(session.createTextMessage("too late")))
			.withMessageContaining("15 minutes");
	}

	private Message roundTrip(String queue, Map<String, Object> headers) throws JMSException {
		Connection connection = connect();
		Session session = transacted(connection);
		Message message = session.createTextMessage("x");
		for (Map.Entry<String, Object> header : headers.entrySet()) {
			message.setObjectProperty(header.getKey(), header.getValue());
		}
		session.createProducer(SqsDestination.queue(queue)).send(message);
		session.commit();
		Message received = consumer(session, queue, 0).receive(2000);
		session.commit();
		return received;
	}

	private static void sendAll(Session session, String queue, String... texts) throws JMSException {
		MessageProducer producer = session.createProducer(SqsDestination.queue(queue));
		for (String text : texts) {
			Message message = session.createTextMessage(text);
			message.setStringProperty("am_id", "id-" + text);
			producer.send(message);
		}
	}

	private List<String> drain(String queue) throws JMSException {
		Session session = connect().createSession(false, Session.AUTO_ACKNOWLEDGE);
		MessageConsumer consumer = consumer(session, queue, 0);
		List<String> texts = new ArrayList<>();
		for (Message next = consumer.receiveNoWait(); next != null; next = consumer.receiveNoWait()) {
			texts.add(text(next));
		}
		return texts;
	}

	private static ExecutionInterceptor counting(Class<? extends SdkRequest> type, AtomicInteger count) {
		return new ExecutionInterceptor() {

			@Override
			public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
				if (type.isInstance(context.request())) {
					count.incrementAndGet();
				}
			}

		};
	}

	/**
	 * Keeps the message with the id {@code id-1} from the service for some time, as if it
	 * had trouble of its own.
	 */
	private static final class Spoiler implements ExecutionInterceptor {

		private static final ExecutionAttribute<String> SPOILT = new ExecutionAttribute<>("spoilt");

		private final AtomicInteger spoilt = new AtomicInteger();

		private final int times;

		Spoiler(int times) {
			this.times = times;
		}

		@Override
		public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
			if (!(context.request() instanceof SendMessageBatchRequest batch) || this.spoilt.get() >= this.times) {
				return context.request();
			}
			List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
			for (SendMessageBatchRequestEntry entry : batch.entries()) {
				if (entry.messageAttributes().get("am_id").stringValue().equals("id-1")) {
					attributes.putAttribute(SPOILT, entry.id());
				}
				else {
					entries.add(entry);
				}
			}
			this.spoilt.incrementAndGet();
			return entries.isEmpty() ? batch : batch.toBuilder().entries(entries).build();
		}

		@Override
		public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
			String id = attributes.getAttribute(SPOILT);
			return (id == null) ? context.response()
					: ((SendMessageBatchResponse) context.response()).toBuilder()
						.failed((entry) -> entry.id(id).code("InternalError").senderFault(false))
						.build();
		}

	}

}
