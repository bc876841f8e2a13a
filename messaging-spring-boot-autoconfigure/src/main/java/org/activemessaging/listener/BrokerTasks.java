package org.activemessaging.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.activemessaging.broker.Broker;
import org.activemessaging.broker.QueueCounting;
import org.activemessaging.delay.DelayMover;
import org.activemessaging.permit.PermitKeeper;
import org.activemessaging.permit.Permits;

/**
 * What runs beside the containers while they run, each on a thread of its own: one mover
 * of delayed messages for each broker, and one keeper for each processor with permits.
 */
final class BrokerTasks {

	private final List<DelayMover> movers = new ArrayList<>();

	private final List<PermitKeeper> keepers = new ArrayList<>();

	private final ContainerFactory factory;

	private final DelayHomes homes;

	BrokerTasks(ContainerFactory factory, DelayHomes homes) {
		this.factory = factory;
		this.homes = homes;
	}

	void moveDelayed(Broker broker) {
		DelayMover mover = new DelayMover(broker, this.factory.delayQueues(),
				(origin) -> this.homes.of(broker, origin));
		this.movers.add(mover);
		start(mover, "messaging-delay-" + broker.name());
	}

	void keepPermits(ProcessorContainers.Entry entry) {
		Permits permits = entry.settings().limits().permits();
		if (permits != null && permits.broker().adapter() instanceof QueueCounting counting) {
			PermitKeeper keeper = new PermitKeeper(permits, counting, entry.container().surplus());
			this.keepers.add(keeper);
			start(keeper, "messaging-permits-" + entry.definition().id());
		}
	}

	private static void start(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Tells all to end. The containers may go on meanwhile.
	 */
	void close() {
		this.movers.forEach(DelayMover::close);
		this.keepers.forEach(PermitKeeper::close);
		this.keepers.clear();
	}

	/**
	 * Waits until what is being moved has been moved.
	 * @param limit how long to wait for each mover
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	void awaitEnd(Duration limit) throws InterruptedException {
		for (DelayMover mover : this.movers) {
			mover.awaitEnd(limit);
		}
	}

	void forget() {
		this.movers.clear();
	}

}
