package org.activemessaging.listener;

import org.jspecify.annotations.Nullable;

import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The threads of a container, named after it: one for each consumer, and those of their
 * lanes.
 */
final class Threads implements AutoCloseable {

	private final String name;

	private final boolean virtual;

	private @Nullable ThreadPoolTaskExecutor pool;

	Threads(String name, boolean virtual) {
		this.name = name;
		this.virtual = virtual;
	}

	TaskExecutor consumers() {
		return threads(this.name + '-');
	}

	/**
	 * Makes the threads of lanes.
	 * @param count how many there are at most
	 * @return what runs lanes
	 */
	AsyncTaskExecutor lanes(int count) {
		String prefix = this.name + "-lane-";
		if (this.virtual) {
			SimpleAsyncTaskExecutor lanes = threads(prefix);
			lanes.setConcurrencyLimit(count);
			return lanes;
		}
		ThreadPoolTaskExecutor lanes = new ThreadPoolTaskExecutor();
		lanes.setThreadNamePrefix(prefix);
		lanes.setCorePoolSize(count);
		lanes.setMaxPoolSize(count);
		lanes.setKeepAliveSeconds(10);
		lanes.setAllowCoreThreadTimeOut(true);
		lanes.setDaemon(true);
		lanes.initialize();
		this.pool = lanes;
		return lanes;
	}

	private SimpleAsyncTaskExecutor threads(String prefix) {
		SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor(prefix);
		threads.setVirtualThreads(this.virtual);
		return threads;
	}

	@Override
	public void close() {
		if (this.pool != null) {
			this.pool.shutdown();
		}
	}

}
