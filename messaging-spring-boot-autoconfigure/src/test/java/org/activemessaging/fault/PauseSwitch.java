package org.activemessaging.fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.activemessaging.flow.Flow;
import org.activemessaging.listener.ProcessorContainers;

import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

/**
 * Stops the processor of an application as long as there is a file named by
 * {@code fault.pause-file}. Added to an application by {@code spring.main.sources}.
 */
class PauseSwitch implements SmartLifecycle {

	private final ProcessorContainers containers;

	private final Path file;

	private volatile boolean running;

	PauseSwitch(ProcessorContainers containers, Environment environment) {
		this.containers = containers;
		this.file = Path.of(environment.getRequiredProperty("fault.pause-file"));
	}

	@Override
	public void start() {
		this.running = true;
		Thread thread = new Thread(this::watch, "pause-switch");
		thread.setDaemon(true);
		thread.start();
	}

	private void watch() {
		boolean paused = false;
		while (this.running) {
			if (Files.exists(this.file) != paused) {
				paused = !paused;
				if (paused) {
					this.containers.stop("handler");
				}
				else {
					this.containers.start("handler");
				}
			}
			Flow.work(Duration.ofMillis(20));
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
