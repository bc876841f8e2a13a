package org.activemessaging.contract;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.jms.Message;
import org.activemessaging.broker.Address;
import org.activemessaging.fault.FaultProxy;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A processor consumes from this broker and publishes to one of another kind.
 */
abstract class TwoBrokersArea extends Area {

	private static final int MESSAGES = 12;

	@Test
	void everyMessageCrosses() throws Exception {
		Address target = Address.queue(name() + "Out");
		AtomicReference<Application> application = new AtomicReference<>();
		Recorder bridge = bridge(application, new CountDownLatch(0));
		application.set(start(bridging(application(bridge), target)));
		application.get().publish(0, MESSAGES);
		Flow.eventually().until(() -> bridge.completed().size() == MESSAGES);
		try (RawClient client = neighbourClient()) {
			assertThat(RawClient.texts(client.take(target, MESSAGES)))
				.containsExactlyInAnyOrderElementsOf(numbers(0, MESSAGES));
			assertThat(client.drain(target)).isEmpty();
		}
	}

	// The worst moment: the other broker has the copy, this one knows nothing of it.
	@Test
	@Requires(traits = Requires.Trait.CUTTABLE)
	void deathInBetweenLeavesACopyWithTheSameId() throws Exception {
		Address target = Address.queue(name() + "Out");
		start(application()).publish("text");
		FaultProxy line = line();
		CountDownLatch proceed = new CountDownLatch(1);
		AtomicReference<Application> dying = new AtomicReference<>();
		Recorder first = bridge(dying, proceed);
		dying.set(start(bridging(application(line, first), target)));
		try (RawClient client = neighbourClient()) {
			Message copy = client.take(target);
			line.refuse();
			proceed.countDown();
			AtomicReference<Application> living = new AtomicReference<>();
			living.set(start(bridging(application(bridge(living, proceed)), target)));
			Message again = client.take(target);
			assertThat(again.getStringProperty("am_id")).isEqualTo(copy.getStringProperty("am_id"))
				.isEqualTo(first.calls().get(0).id());
			assertThat(RawClient.texts(List.of(copy, again))).containsOnly("text");
			assertThat(client.drain(target)).isEmpty();
		}
		assertThat(raw().drain(queue())).isEmpty();
	}

	private Application.Builder bridging(Application.Builder builder, Address target) {
		return builder.broker("other", run().neighbour(), run().neighbour().url(), run().neighbour().properties())
			.with("messaging.destination.out.queue", target.name())
			.with("messaging.destination.out.broker", "other");
	}

	private RawClient neighbourClient() throws Exception {
		return new RawClient(run().neighbour().adapter(),
				ContractRun.profile(run().neighbour(), run().neighbour().url()));
	}

	private static Recorder bridge(AtomicReference<Application> application, CountDownLatch proceed) {
		return new Recorder((message) -> {
			application.get()
				.publisher()
				.to("out")
				.header("am_id", message.getHeaders().get("am_id"))
				.publish(message.getPayload());
			assertThat(proceed.await(20, TimeUnit.SECONDS)).isTrue();
		});
	}

}
