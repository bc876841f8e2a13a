package org.activemessaging.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.QueueCounting;
import org.activemessaging.broker.DurableSubscribing;
import org.activemessaging.broker.DurableSubscription;
import org.activemessaging.broker.NativeDelay;
import org.activemessaging.broker.QueueBrowsing;
import org.activemessaging.broker.QueueInspector;
import org.activemessaging.broker.QueuePurging;
import org.activemessaging.broker.QueueSample;
import org.activemessaging.broker.Support;
import org.activemessaging.fault.FaultProxy;
import org.activemessaging.flow.Flow;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A capability is declared if and only if it can be observed: one small experiment for
 * each, made whatever is declared.
 */
abstract class CapabilityArea extends Area {

	private static final Duration PATIENCE = Duration.ofSeconds(3);

	@ParameterizedTest
	@EnumSource
	void declaredIsWhatIsObserved(Capability capability) throws Exception {
		Support declared = support(capability);
		String problem = null;
		boolean works;
		try {
			works = works(capability);
		}
		catch (JMSException | RuntimeException | AssertionError ex) {
			works = false;
			problem = ex.toString();
		}
		run().observed(capability, works);
		assertThat(works)
			.as("whether %s works on %s, declared as %s; it said %s", capability.label(), adapter().name(), declared,
					problem)
			.isEqualTo(declared.available());
		assertThat(declared.how()).as("how or why").isNotBlank();
	}

	private boolean works(Capability capability) throws Exception {
		return switch (capability) {
			case ATOMIC_MOVE -> movesAsAWhole();
			case INDIVIDUAL_ACKNOWLEDGE -> acknowledgesOneOfThree();
			case VIRTUAL_TOPICS -> givesEachGroupACopy();
			case TOPICS -> broadcasts();
			case DURABLE_SUBSCRIPTIONS -> keepsForWhoIsAway();
			case MESSAGE_GROUPS -> keepsAGroupWithOneConsumer();
			case SELECTORS -> selects();
			case PRIORITY -> letsOvertake();
			case EXPIRY -> forgetsWhatIsTooOld();
			case DELAY -> holdsBack();
			case DELIVERY_COUNT -> countsDeliveries();
			case PREFETCH -> handsOutOnlyWhatIsAskedFor();
			case DEPTH -> knowsTheDepth();
			case OLDEST_AGE -> knowsTheOldestAge();
			case BROWSE -> showsWithoutTaking();
			case PURGE -> empties();
			case CLUSTER_CONCURRENCY -> countsWhatIsHeld();
			case WILDCARDS -> handsOutWhatMatches();
		};
	}

	private boolean handsOutWhatMatches() throws JMSException {
		RawClient client = raw();
		MessageConsumer listener = adapter().createConsumer(client.session(), Address.topic(name() + ".>"), 10, null);
		client.send(Address.topic(name() + "x.eu"), "other");
		client.send(Address.topic(name() + ".eu"), "one word");
		client.send(Address.topic(name() + ".eu.de"), "two words");
		List<String> received = new ArrayList<>();
		Message message = listener.receive(PATIENCE.toMillis());
		while (message != null) {
			received.add(RawClient.text(message));
			message = listener.receive(RawClient.SHORT.toMillis());
		}
		return received.equals(List.of("one word", "two words"));
	}

	private boolean countsWhatIsHeld() throws JMSException {
		if (!(adapter() instanceof QueueCounting counting)) {
			return false;
		}
		RawClient client = raw();
		client.prepare(queue());
		client.send(queue(), "0", "1", "2");
		Session session = client.transacted();
		MessageConsumer consumer = adapter().createConsumer(session, queue(), 0, null);
		consumer.receive(RawClient.LONG.toMillis());
		consumer.receive(RawClient.LONG.toMillis());
		long held = counting.count(client.session(), queue());
		session.commit();
		session.close();
		RawClient other = raw();
		return held == 3 && counting.count(other.session(), queue()) == 1
				&& counting.count(other.session(), queue("nowhere")) == 0;
	}

	private boolean movesAsAWhole() throws JMSException {
		Address target = queue("target");
		RawClient client = raw();
		client.prepare(queue(), target);
		client.send(queue(), "kept", "moved");
		Session session = client.transacted();
		MessageConsumer consumer = client.consumer(session, queue());
		client.send(session, target, consumer.receive(RawClient.LONG.toMillis()));
		session.rollback();
		if (!client.drain(target).isEmpty()) {
			return false;
		}
		client.send(session, target, consumer.receive(RawClient.LONG.toMillis()));
		session.commit();
		session.close();
		List<String> left = client.drainTexts(queue());
		List<String> moved = client.drainTexts(target);
		left.addAll(moved);
		Collections.sort(left);
		return moved.size() == 1 && left.equals(List.of("kept", "moved"));
	}

	private boolean acknowledgesOneOfThree() throws JMSException {
		RawClient client = raw();
		client.prepare(queue());
		client.send(queue(), "0", "1", "2");
		RawClient other = raw();
		Session session = other.connection().createSession(false, adapter().individualAcknowledge());
		MessageConsumer consumer = adapter().createConsumer(session, queue(), 10, null);
		List<Message> messages = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			messages.add(consumer.receive(PATIENCE.toMillis()));
		}
		messages.get(1).acknowledge();
		String acknowledged = RawClient.text(messages.get(1));
		other.close();
		List<String> rest = RawClient.texts(client.take(queue(), 2));
		return !rest.contains(acknowledged) && client.drain(queue()).isEmpty();
	}

	private boolean givesEachGroupACopy() throws JMSException {
		Address first = adapter().groupQueue(name(), "first");
		Address second = adapter().groupQueue(name(), "second");
		// Where the publisher hands out the copies, it has to know the groups.
		try (Application application = publisherTo("first", "second").start()) {
			application.publish("a", "b");
		}
		RawClient client = raw();
		return sorted(client.drainTexts(first)).equals(List.of("a", "b"))
				&& sorted(client.drainTexts(second)).equals(List.of("a", "b"));
	}

	private boolean broadcasts() throws JMSException {
		RawClient client = raw();
		Address topic = Address.topic(name());
		List<MessageConsumer> listeners = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			listeners.add(adapter().createConsumer(client.session(), topic, 10, null));
		}
		client.send(topic, "news");
		for (MessageConsumer listener : listeners) {
			if (listener.receive(PATIENCE.toMillis()) == null) {
				return false;
			}
		}
		MessageConsumer late = adapter().createConsumer(client.session(), topic, 10, null);
		return late.receive(RawClient.SHORT.toMillis()) == null;
	}

	private boolean keepsForWhoIsAway() throws JMSException {
		if (!(adapter() instanceof DurableSubscribing durable)) {
			return false;
		}
		receiveOf(durable, RawClient.SHORT);
		raw().send(Address.topic(name()), "kept");
		Message message = receiveOf(durable, PATIENCE);
		return message != null && RawClient.text(message).equals("kept");
	}

	private Message receiveOf(DurableSubscribing durable, Duration timeout) throws JMSException {
		DurableSubscription subscription = new DurableSubscription(name() + ".audit", "audit");
		Connection connection = durable.connect(adapter().createConnectionFactory(run().profile()), subscription);
		try {
			connection.start();
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			MessageConsumer consumer = durable.createConsumer(session, Address.topic(name()), subscription, 1, null);
			Message message = consumer.receive(timeout.toMillis());
			consumer.close();
			session.close();
			return message;
		}
		finally {
			connection.close();
		}
	}

	private boolean keepsAGroupWithOneConsumer() throws JMSException {
		Address queue = Address.queue(broker().orderedQueueName(name()));
		RawClient client = raw();
		client.prepare(queue);
		for (int i = 0; i < 3; i++) {
			client.send(queue, String.valueOf(i), (message) -> message.setStringProperty("JMSXGroupID", "a"),
					Message.DEFAULT_PRIORITY, 0);
		}
		Session first = client.transacted();
		Session second = client.transacted();
		MessageConsumer owner = client.consumer(first, queue);
		MessageConsumer other = client.consumer(second, queue);
		List<String> received = new ArrayList<>();
		received.add(RawClient.text(owner.receive(RawClient.LONG.toMillis())));
		if (other.receive(RawClient.SHORT.toMillis()) != null) {
			return false;
		}
		for (int i = 1; i < 3; i++) {
			first.commit();
			received.add(RawClient.text(owner.receive(RawClient.LONG.toMillis())));
		}
		return received.equals(List.of("0", "1", "2"));
	}

	private boolean selects() throws JMSException {
		RawClient client = raw();
		client.prepare(queue());
		for (String colour : List.of("blue", "red")) {
			client.send(queue(), colour, (message) -> message.setStringProperty("colour", colour),
					Message.DEFAULT_PRIORITY, 0);
		}
		Session session = client.session();
		String chosen = null;
		try (MessageConsumer consumer = adapter().createConsumer(session, queue(), 0, "colour = 'red'")) {
			Message message = consumer.receive(PATIENCE.toMillis());
			chosen = (message != null) ? RawClient.text(message) : null;
		}
		return "red".equals(chosen) && client.drainTexts(queue()).equals(List.of("blue"));
	}

	private boolean letsOvertake() throws JMSException {
		RawClient client = raw();
		client.prepare(queue());
		for (int priority : new int[] { 1, 4, 9, 2 }) {
			client.send(queue(), String.valueOf(priority), (message) -> {
			}, priority, 0);
		}
		List<String> texts = RawClient.texts(client.take(queue(), 4));
		return texts.equals(List.of("9", "4", "2", "1"));
	}

	private boolean forgetsWhatIsTooOld() throws JMSException {
		RawClient client = raw();
		client.prepare(queue());
		client.send(queue(), "short-lived", (message) -> {
		}, Message.DEFAULT_PRIORITY, 200);
		client.send(queue(), "lasting");
		Flow.work(Duration.ofMillis(400));
		return client.drainTexts(queue()).equals(List.of("lasting"));
	}

	// What the broker cannot hold back, the library holds in its delay queues.
	private boolean holdsBack() throws JMSException {
		boolean byTheBroker = adapter() instanceof NativeDelay delay && !delay.longestDelay(queue()).isZero();
		assertThat(support(Capability.DELAY).level() == Support.Level.NATIVE).as("whether it is native")
			.isEqualTo(byTheBroker);
		if (!byTheBroker) {
			return delaysRedelivery();
		}
		RawClient client = raw();
		client.prepare(queue());
		Session session = client.transacted();
		long sentAt = System.nanoTime();
		try (MessageProducer producer = session.createProducer(null)) {
			producer.setDeliveryDelay(1500);
			producer.send(adapter().producerDestination(session, queue()), session.createTextMessage("later"));
		}
		session.commit();
		client.take(queue());
		return Flow.since(sentAt).compareTo(Duration.ofMillis(1400)) >= 0;
	}

	private boolean delaysRedelivery() {
		Recorder recorder = new Recorder((message) -> {
			throw new IllegalStateException("not yet");
		});
		try (Application application = application(recorder).redelivery(0, 1)
			.with("messaging.listener.redelivery.delay", "500ms")
			.start()) {
			application.publish("late");
			Flow.eventually().until(() -> recorder.calls().size() == 2);
			return recorder.calls().get(1).at() - recorder.calls().get(0).at() >= 500_000_000L;
		}
		catch (ConditionTimeoutException ex) {
			return false;
		}
	}

	private boolean countsDeliveries() throws JMSException {
		RawClient client = raw();
		client.prepare(queue());
		client.send(queue(), "deadly");
		for (int deliveries = 1; deliveries <= 2; deliveries++) {
			FaultProxy line = broker().cuttable() ? line() : null;
			RawClient dying = (line != null) ? raw(line) : raw();
			Session session = dying.transacted();
			Message message = dying.consumer(session, queue()).receive(RawClient.LONG.toMillis());
			if (message == null || message.getIntProperty("JMSXDeliveryCount") != deliveries) {
				return false;
			}
			if (line != null) {
				line.refuse();
			}
			else {
				dying.close();
			}
		}
		return client.take(queue()).getIntProperty("JMSXDeliveryCount") == 3;
	}

	private boolean handsOutOnlyWhatIsAskedFor() throws JMSException {
		RawClient client = raw();
		client.prepare(queue());
		Session first = client.transacted();
		Session second = client.transacted();
		MessageConsumer modest = client.consumer(first, queue());
		MessageConsumer busy = client.consumer(second, queue());
		client.send(queue(), "0", "1", "2", "3");
		if (modest.receive(RawClient.LONG.toMillis()) == null) {
			return false;
		}
		for (int i = 0; i < 3; i++) {
			if (busy.receive(PATIENCE.toMillis()) == null) {
				return false;
			}
		}
		second.commit();
		first.commit();
		return true;
	}

	private boolean knowsTheDepth() throws JMSException {
		RawClient client = raw();
		client.prepare(queue());
		client.send(queue(), texts(0, 5));
		return eventuallyKnows((sample) -> sample.depth() != null && sample.depth() == 5);
	}

	private boolean knowsTheOldestAge() throws JMSException {
		RawClient client = raw();
		client.prepare(queue());
		long sentAt = System.nanoTime();
		client.send(queue(), "old");
		return eventuallyKnows((sample) -> {
			Duration age = sample.oldestAge();
			return age != null && age.compareTo(Duration.ofMillis(500)) > 0
					&& age.compareTo(Flow.since(sentAt).plusSeconds(2)) < 0;
		});
	}

	private boolean eventuallyKnows(Looks looks) throws JMSException {
		RawClient client = raw();
		QueueInspector inspector = adapter().inspector(client.session());
		try {
			Flow.eventually()
				.atMost(PATIENCE)
				.until(() -> looks.at(inspector.inspect(List.of(queue().name()), PATIENCE).get(0)));
			return true;
		}
		catch (ConditionTimeoutException ex) {
			return false;
		}
	}

	private boolean showsWithoutTaking() throws JMSException {
		if (!(adapter() instanceof QueueBrowsing browsing)) {
			return false;
		}
		RawClient client = raw();
		client.prepare(queue());
		client.send(queue(), texts(0, 3));
		List<Message> seen = browsing.browse(client.session(), queue(), 2);
		return RawClient.texts(seen).equals(numbers(0, 2))
				&& RawClient.texts(client.take(queue(), 3)).equals(numbers(0, 3));
	}

	private boolean empties() throws JMSException {
		if (!(adapter() instanceof QueuePurging purging)) {
			return false;
		}
		RawClient client = raw();
		client.prepare(queue());
		client.send(queue(), texts(0, 5));
		long removed = purging.purge(client.connection(), queue(), Duration.ofSeconds(10));
		return removed == 5 && client.drain(queue()).isEmpty();
	}

	private static List<String> sorted(List<String> texts) {
		return texts.stream().sorted().toList();
	}

	@FunctionalInterface
	private interface Looks {

		boolean at(QueueSample sample);

	}

}
