package org.activemessaging.contract;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import jakarta.jms.JMSException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.Support;
import org.activemessaging.fault.FaultProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A part of what every broker has to do behind its adapter. Each test has names of its
 * own; what it opens is closed after it.
 */
abstract class Area {

	// Brokers may remember what an earlier run has left there.
	private static final String RUN = Long.toString(System.currentTimeMillis() / 100 % 100_000_000, 36);

	private static final AtomicInteger count = new AtomicInteger();

	private final Deque<AutoCloseable> open = new ArrayDeque<>();

	private final String name = "t" + RUN + "x" + count.incrementAndGet();

	private ContractRun run;

	final void use(ContractRun run) {
		this.run = run;
	}

	@BeforeEach
	final void startBroker() {
		broker().start();
	}

	// Consumers notice their end after up to a second, for which no test has to wait.
	@AfterEach
	final void closeInTheBackground() {
		this.run.closeLater(this.open);
	}

	final ContractRun run() {
		return this.run;
	}

	final BrokerUnderTest broker() {
		return this.run.broker();
	}

	final BrokerAdapter adapter() {
		return broker().adapter();
	}

	final Support support(Capability capability) {
		return this.run.support(capability);
	}

	/**
	 * The name of the destination of this test, and the beginning of its other names.
	 */
	final String name() {
		return this.name;
	}

	final Address queue() {
		return queue("");
	}

	final Address queue(String suffix) {
		return Address.queue(broker().queueName(this.name + suffix));
	}

	final RawClient raw() throws JMSException {
		return closing(new RawClient(adapter(), this.run.profile()));
	}

	final RawClient raw(FaultProxy line) throws JMSException {
		return closing(new RawClient(adapter(), ContractRun.profile(broker(), broker().urlThrough(line.port()))));
	}

	/**
	 * A line to the broker that can be cut.
	 */
	final FaultProxy line() {
		return closing(new FaultProxy(broker().port()));
	}

	final <T extends AutoCloseable> T closing(T closeable) {
		this.open.push(closeable);
		return closeable;
	}

	/**
	 * An application whose destination is the queue of this test.
	 */
	final Application.Builder application(Object... processors) {
		return onUrl(broker().url(), processors).destination("queue", queue().name());
	}

	final Application.Builder application(FaultProxy line, Object... processors) {
		return onUrl(broker().urlThrough(line.port()), processors).destination("queue", queue().name());
	}

	private Application.Builder onUrl(String url, Object... processors) {
		Application.Builder builder = Application.on(broker(), url, this.name);
		for (Object processor : processors) {
			builder.processor(processor);
		}
		return builder;
	}

	/**
	 * An application whose destination is the virtual topic of this test.
	 */
	final Application.Builder ofVirtualTopic(String group, Object... processors) {
		broker().provide(this.name, group);
		return onUrl(broker().url(), processors).destination("virtual-topic", this.name).group(group);
	}

	/**
	 * An application that publishes to the virtual topic of this test.
	 * @param groups the groups that it knows
	 */
	final Application.Builder publisherTo(String... groups) {
		for (String group : groups) {
			broker().provide(this.name, group);
		}
		return onUrl(broker().url()).destination("virtual-topic", this.name)
			.destination("groups", String.join(",", groups));
	}

	final Application.Builder ofTopic(Object... processors) {
		return onUrl(broker().url(), processors).destination("topic", this.name);
	}

	/**
	 * An application that tests may share if all they want is to publish and to see what
	 * arrives.
	 */
	final SharedApplication shared() {
		return this.run.shared(() -> new SharedApplication(
				Application.on(broker(), broker().url(), this.name).destination("queue", queue().name())));
	}

	final Application start(Application.Builder builder) {
		return closing(builder.start());
	}

	static List<String> numbers(int from, int to) {
		return IntStream.range(from, to).mapToObj(String::valueOf).toList();
	}

	static String[] texts(int from, int to) {
		return numbers(from, to).toArray(String[]::new);
	}

}
