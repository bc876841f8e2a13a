package org.activemessaging.samples.benchmark.worker;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import com.sun.management.ThreadMXBean;
import org.activemessaging.samples.benchmark.broker.Payload;
import org.activemessaging.samples.benchmark.process.Order;

/**
 * Publishes messages from several threads, each of which waits for the broker's word
 * before it goes on.
 */
final class PublishTask implements Task {

	// Connections and sessions are opened by the first messages of each thread.
	private static final int FIRST = 5;

	private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@Override
	public Order run(Variant variant, Order order) throws Exception {
		Setup setup = Setup.of(order);
		int messages = order.number("messages");
		AtomicInteger next = new AtomicInteger();
		LongAdder allocated = new LongAdder();
		ExecutorService executor = Executors.newFixedThreadPool(setup.threads());
		try (Variant.Running application = variant.start(setup, null)) {
			int first = FIRST * setup.threads();
			run(executor, setup.threads(), () -> {
				for (int i = 0; i < FIRST; i++) {
					application.publish(Payload.of(next.getAndIncrement(), 0));
				}
				application.flush();
				return null;
			});
			long startedAt = System.nanoTime();
			run(executor, setup.threads(), () -> {
				long before = threads.getCurrentThreadAllocatedBytes();
				for (int i = next.getAndIncrement(); i < messages; i = next.getAndIncrement()) {
					application.publish(Payload.of(i, 0));
				}
				application.flush();
				allocated.add(threads.getCurrentThreadAllocatedBytes() - before);
				return null;
			});
			double seconds = (System.nanoTime() - startedAt) / 1e9;
			return Task.done()
				.with("rate", (messages - first) / seconds)
				.with("bytes", allocated.doubleValue() / (messages - first));
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static void run(ExecutorService executor, int times, Callable<Void> publishing) throws Exception {
		List<Future<Void>> all = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			all.add(executor.submit(publishing));
		}
		for (Future<Void> one : all) {
			one.get();
		}
	}

}
