package org.activemessaging.broker.sqs;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.jms.Connection;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.QueueSample;
import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.PurgeQueueInProgressException;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SqsException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for queues: FIFO ones, those of groups, delay queues, their numbers, and what
 * happens when there is no service.
 */
class SqsQueueTests extends SqsTestBase {

	@Test
	void groupsAreInOrderAndBlockedWhileOneIsInWork() throws JMSException {
		String queue = newQueue() + ".fifo";
		Connection connection = connect();
		for (int i = 0; i < 3; i++) {
			sendGrouped(connection, queue, "g1", "a" + i);
			sendGrouped(connection, queue, "g2", "b" + i);
		}
		Session first = transacted(connection);
		Session second = transacted(connection);
		MessageConsumer one = consumer(first, queue, 0);
		MessageConsumer two = consumer(second, queue, 0);
		Message message = one.receive(2000);
		String group = message.getStringProperty("JMSXGroupID");
		List<String> others = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			others.add(text(two.receive(2000)));
			second.commit();
		}
		String other = group.equals("g1") ? "b" : "a";
		assertThat(others).containsExactly(other + "0", other + "1", other + "2");
		assertThat(two.receive(200)).isNull();
		first.rollback();
		List<String> own = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			own.add(text(one.receive(2000)).substring(1));
			first.commit();
		}
		assertThat(own).containsExactly("0", "1", "2");
	}

	@Test
	void rollbackKeepsTheOrderOfWhatWasHandedAhead() throws JMSException {
		String queue = newQueue() + ".fifo";
		Connection connection = connect();
		for (int i = 0; i < 15; i++) {
			sendGrouped(connection, queue, "g", String.valueOf(i));
		}
		Session session = transacted(connection);
		MessageConsumer consumer = consumer(session, queue, 10);
		assertThat(text(consumer.receive(2000))).isEqualTo("0");
		assertThat(text(consumer.receive(2000))).isEqualTo("1");
		session.rollback();
		for (int i = 0; i < 15; i++) {
			assertThat(text(consumer.receive(2000))).isEqualTo(String.valueOf(i));
			session.commit();
		}
	}

	@Test
	void messageThatIsSentTwiceWithItsIdIsThereOnce() throws JMSException {
		String queue = newQueue() + ".fifo";
		Connection connection = connect();
		Session session = transacted(connection);
		MessageProducer producer = session.createProducer(SqsDestination.queue(queue));
		for (int i = 0; i < 2; i++) {
			Message message = session.createTextMessage("x");
			message.setStringProperty("am_id", "0190");
			producer.send(message);
			session.commit();
		}
		MessageConsumer consumer = consumer(session, queue, 0);
		Message message = consumer.receive(2000);
		assertThat(message.getStringProperty("JMSXGroupID")).isNull();
		session.commit();
		assertThat(consumer.receive(300)).isNull();
	}

	@Test
	void messageThatIsMovedAwayAndBackIsNotTakenForTheFirst() throws JMSException {
		String queue = newQueue() + ".fifo";
		String away = newQueue();
		Connection connection = connect();
		Session session = transacted(connection);
		MessageProducer producer = session.createProducer(null);
		Message first = session.createTextMessage("x");
		first.setStringProperty("am_id", "0190");
		producer.send(SqsDestination.queue(queue), first);
		session.commit();
		MessageConsumer here = consumer(session, queue, 0);
		MessageConsumer there = consumer(session, away, 0);
		for (int i = 0; i < 3; i++) {
			producer.send(SqsDestination.queue(away), here.receive(2000));
			session.commit();
			producer.send(SqsDestination.queue(queue), there.receive(2000));
			session.commit();
		}
		// To the same queue, too, as a suspect is.
		producer.send(SqsDestination.queue(queue), here.receive(2000));
		session.commit();
		Message last = here.receive(2000);
		assertThat(last.getStringProperty("am_id")).isEqualTo("0190");
		session.commit();
		assertThat(numbers(queue)).containsExactly(0, 0, 0);
		assertThat(numbers(away)).containsExactly(0, 0, 0);
	}

	@Test
	void groupThatTheServiceDoesNotAllowKeepsItsName() throws JMSException {
		String queue = newQueue() + ".fifo";
		Connection connection = connect();
		sendGrouped(connection, queue, "Größe 日本 " + "x".repeat(200), "0");
		sendGrouped(connection, queue, "Größe 日本 " + "x".repeat(200), "1");
		Session session = transacted(connection);
		MessageConsumer consumer = consumer(session, queue, 0);
		assertThat(consumer.receive(2000).getStringProperty("JMSXGroupID")).startsWith("Größe 日本");
		assertThat(consumer.receive(300)).isNull();
	}

	@Test
	void virtualTopicReachesEveryGroup() throws JMSException {
		String topic = "Clicks" + newQueue();
		Connection connection = connect(Map.of("group-refresh", "100ms"));
		Session session = transacted(connection);
		// A queue of a group that another application has made.
		connect().createSession().close();
		plain().createQueue((request) -> request.queueName("VirtualTopic__" + topic + "__Consumer__billing"));
		plain().createQueue((request) -> request.queueName("VirtualTopic__" + topic + "__x__Consumer__billing"));
		this.adapter.prepare(session, List.of(this.adapter.groupQueue(topic, "voyeur")));
		publish(session, topic, "0");
		assertThat(numbers(this.adapter.groupQueue(topic, "voyeur").name())).containsExactly(1, 0, 0);
		assertThat(numbers(this.adapter.groupQueue(topic, "billing").name())).containsExactly(1, 0, 0);
		assertThat(numbers(this.adapter.groupQueue(topic + ".x", "billing").name())).containsExactly(0, 0, 0);
		consumer(session, this.adapter.groupQueue(topic, "late").name(), 0).close();
		publish(session, topic, "1");
		assertThat(numbers(this.adapter.groupQueue(topic, "late").name())).containsExactly(1, 0, 0);
		plain().createQueue((request) -> request.queueName("VirtualTopic__" + topic + "__Consumer__others"));
		Flow.eventually().pollInterval(Duration.ofMillis(200)).until(() -> {
			publish(session, topic, "2");
			return numbers(this.adapter.groupQueue(topic, "others").name()).get(0) > 0;
		});
	}

	@Test
	void withoutThePermissionToListThePreparedGroupsAreReached() throws JMSException {
		String topic = "Clicks" + newQueue();
		Connection connection = connect(Map.of(), failing(ListQueuesRequest.class, "AccessDenied", 403));
		Session session = transacted(connection);
		this.adapter.prepare(session, List.of(this.adapter.groupQueue(topic, "voyeur")));
		publish(session, topic, "0");
		assertThat(numbers(this.adapter.groupQueue(topic, "voyeur").name())).containsExactly(1, 0, 0);
	}

	@Test
	void delayQueueIsNotCreatedByItsConsumerAndFoundWhenItIsThere() throws JMSException {
		String queue = "DELAY." + newQueue() + ".1s";
		AtomicInteger lookups = new AtomicInteger();
		AtomicInteger receives = new AtomicInteger();
		Connection connection = connect(Map.of("wait-time", "20s"), counting(GetQueueUrlRequest.class, lookups),
				counting(ReceiveMessageRequest.class, receives));
		Session session = transacted(connection);
		MessageConsumer consumer = consumer(session, queue, 32);
		long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
		Flow.throughout(Duration.ofSeconds(2)).until(() -> consumer.receiveNoWait() == null);
		assertThat(System.nanoTime()).isGreaterThan(end);
		assertThat(lookups.get()).isLessThanOrEqualTo(2);
		assertThat(receives).hasValue(0);
		send(connection, queue, "0");
		Flow.eventually().until(() -> consumer.receiveNoWait() != null);
		session.commit();
		Flow.throughout(Duration.ofSeconds(1)).until(() -> consumer.receiveNoWait() == null);
		assertThat(receives.get()).isLessThanOrEqualTo(3);
	}

	@Test
	void queueThatIsNotThereIsRefusedIfItIsNotToBeCreated() throws JMSException {
		Connection connection = connect(Map.of("create-queues", "false"));
		Session session = connection.createSession();
		assertThatExceptionOfType(InvalidDestinationException.class).isThrownBy(() -> consumer(session, "Nope", 0))
			.withMessageContaining("'Nope'")
			.withMessageContaining("'messaging.broker.jobs.properties.create-queues'");
		assertThatExceptionOfType(InvalidDestinationException.class).isThrownBy(() -> send(connection, "Nope", "x"));
	}

	@Test
	void queueThatWasDeletedIsCreatedAgain() throws JMSException {
		String queue = newQueue();
		Connection connection = connect();
		send(connection, queue, "0");
		plain().deleteQueue((request) -> request.queueUrl(queueUrl(queue)));
		send(connection, queue, "1");
		assertThat(numbers(queue)).containsExactly(1, 0, 0);
	}

	@Test
	void numbersAreThoseOfTheService() throws JMSException {
		String queue = newQueue();
		Connection connection = connect();
		send(connection, queue, "0", "1", "2");
		Session session = transacted(connection);
		consumer(session, queue, 0).receive(2000);
		List<QueueSample> samples = this.adapter.inspector(connection.createSession())
			.inspect(List.of(queue, "Nowhere"), Duration.ofSeconds(5));
		assertThat(samples.get(0).depth()).isEqualTo(3);
		assertThat(samples.get(0).inFlight()).isOne();
		assertThat(samples.get(0).exact()).isFalse();
		assertThat(samples.get(1).depth()).isZero();
	}

	@Test
	void queueIsPurgedAlsoIfTheServiceHasJustDoneSo() throws JMSException {
		String queue = newQueue();
		Connection connection = connect();
		send(connection, queue, "0", "1", "2");
		assertThat(this.adapter.purge(connection, Address.queue(queue), Duration.ofSeconds(5))).isEqualTo(3);
		assertThat(numbers(queue)).containsExactly(0, 0, 0);
		send(connection, queue, "0", "1");
		Connection busy = connect(Map.of(), new ExecutionInterceptor() {

			@Override
			public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
				if (context.request() instanceof PurgeQueueRequest) {
					throw PurgeQueueInProgressException.builder().message("once a minute").build();
				}
			}

		});
		assertThat(this.adapter.purge(busy, Address.queue(queue), Duration.ofSeconds(5))).isEqualTo(2);
		assertThat(numbers(queue)).containsExactly(0, 0, 0);
	}

	@Test
	void serviceThatIsDownIsAnErrorInBoundedTimeAndRecovered() throws Exception {
		String queue = newQueue();
		Connection connection = connect();
		List<JMSException> noted = new ArrayList<>();
		connection.setExceptionListener(noted::add);
		MessageConsumer consumer = consumer(transacted(connection), queue, 5);
		assertThat(consumer.receive(100)).isNull();
		stopAndForget();
		try {
			long before = System.nanoTime();
			assertThatExceptionOfType(JMSException.class).isThrownBy(() -> consumer.receive(10_000))
				.satisfies((ex) -> assertThat(this.adapter.isConnectionLost(ex)).isTrue());
			assertThatExceptionOfType(JMSException.class).isThrownBy(() -> send(connection, queue, "0"))
				.satisfies((ex) -> assertThat(this.adapter.isConnectionLost(ex)).isTrue())
				.withMessageNotContaining("xyzzy");
			assertThatExceptionOfType(JMSException.class).isThrownBy(this::connect);
			assertThat(Flow.since(before)).isLessThan(Duration.ofSeconds(20));
			assertThat(noted).hasSize(1);
			assertThat(this.adapter.isConnected(connection)).isFalse();
		}
		finally {
			startAgain();
		}
		Connection next = connect();
		send(next, queue, "1");
		assertThat(text(consumer(transacted(next), queue, 0).receive(2000))).isEqualTo("1");
	}

	@Test
	void serviceThatDoesNotAnswerIsAnErrorInBoundedTime() throws IOException {
		try (ServerSocket silent = new ServerSocket(BrokerProcess.freePort())) {
			long before = System.nanoTime();
			assertThatExceptionOfType(JMSException.class)
				.isThrownBy(() -> this.adapter
					.createConnectionFactory(
							profile("http://127.0.0.1:" + silent.getLocalPort(), Map.of(), Duration.ofSeconds(2)))
					.createConnection())
				.satisfies((ex) -> assertThat(this.adapter.isConnectionLost(ex)).isTrue());
			assertThat(Flow.since(before)).isLessThan(Duration.ofSeconds(8));
		}
	}

	@Test
	void failuresOfTheServiceAreToldApart() {
		assertThat(translated("AWS.SimpleQueueService.NonExistentQueue", 400))
			.isInstanceOf(InvalidDestinationException.class);
		assertThat(translated("AccessDeniedException", 400)).isInstanceOf(JMSSecurityException.class);
		assertThat(translated("InvalidClientTokenId", 403)).isInstanceOf(JMSSecurityException.class);
		assertThat(this.adapter.isConnectionLost(translated("RequestThrottled", 400))).isTrue();
		assertThat(this.adapter.isConnectionLost(translated("", 503))).isTrue();
		assertThat(this.adapter.isRefusal(translated("InvalidMessageContents", 400))).isTrue();
		JMSException unknown = translated("", 404);
		assertThat(unknown).hasMessageContaining("is this SQS?");
		assertThat(this.adapter.isConnectionLost(unknown)).isFalse();
	}

	@Test
	void wrongCredentialsAreARefusalOfTheConnection() {
		assertThatExceptionOfType(JMSSecurityException.class)
			.isThrownBy(() -> connect(Map.of(), failing(GetQueueUrlRequest.class, "InvalidClientTokenId", 403)))
			.withMessageNotContaining("xyzzy");
	}

	private void publish(Session session, String topic, String text) throws JMSException {
		session.createProducer(null)
			.send(this.adapter.producerDestination(session, this.adapter.virtualTopic(topic)),
					session.createTextMessage(text));
		session.commit();
	}

	private void sendGrouped(Connection connection, String queue, String group, String text) throws JMSException {
		Session session = connection.createSession();
		Message message = session.createTextMessage(text);
		message.setStringProperty("JMSXGroupID", group);
		session.createProducer(SqsDestination.queue(queue)).send(message);
		session.close();
	}

	private static JMSException translated(String code, int status) {
		return SqsFailures.translate("It failed", failure(code, status));
	}

	private static SqsException failure(String code, int status) {
		return (SqsException) SqsException.builder()
			.statusCode(status)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("no").build())
			.build();
	}

	private static ExecutionInterceptor failing(Class<?> type, String code, int status) {
		return new ExecutionInterceptor() {

			@Override
			public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
				if (type.isInstance(context.request())) {
					throw failure(code, status);
				}
			}

		};
	}

	private static ExecutionInterceptor counting(Class<?> type, AtomicInteger count) {
		return new ExecutionInterceptor() {

			@Override
			public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
				if (type.isInstance(context.request())) {
					count.incrementAndGet();
				}
			}

		};
	}

}
