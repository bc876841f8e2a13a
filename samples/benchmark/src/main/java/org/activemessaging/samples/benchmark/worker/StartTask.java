package org.activemessaging.samples.benchmark.worker;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.activemessaging.samples.benchmark.process.Order;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts an application with many listeners, waits until all of them listen, and looks at
 * what it needs when there is nothing to do. Ordered once in the life of a worker, as
 * only the first start is cold.
 */
final class StartTask implements Task {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final Duration IDLE = Duration.ofSeconds(3);

	private static final double MEGABYTE = 1 << 20;

	@Override
	public Order run(Variant variant, Order order) throws Exception {
		if (!(variant instanceof ManyListeners many)) {
			throw new IllegalArgumentException(variant + " has no listeners");
		}
		Setup setup = Setup.of(order);
		int count = order.number("listeners");
		Class<?> listeners = many.listeners(setup, count);
		long startedAt = System.nanoTime();
		ConfigurableApplicationContext context = many.application(setup, listeners, count).run();
		try {
			while (!many.isListening(context)) {
				if (System.nanoTime() - startedAt > PATIENCE.toNanos()) {
					throw new IllegalStateException("Not all of them listen");
				}
				LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
			}
			double seconds = (System.nanoTime() - startedAt) / 1e9;
			LockSupport.parkNanos(IDLE.toNanos());
			System.gc();
			return Task.done()
				.with("seconds", seconds)
				.with("threads", ManagementFactory.getThreadMXBean().getThreadCount())
				.with("megabytes", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE);
		}
		finally {
			context.close();
		}
	}

}
