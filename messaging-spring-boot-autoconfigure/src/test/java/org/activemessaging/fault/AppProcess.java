package org.activemessaging.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.activemessaging.flow.ChildJvm;

/**
 * An application in a JVM of its own.
 */
final class AppProcess implements AutoCloseable {

	private final Process process;

	private final LedgerFile ledger;

	private boolean ended;

	private AppProcess(Process process, LedgerFile ledger) {
		this.process = process;
		this.ledger = ledger;
	}

	/**
	 * Starts an application, and does not wait for it.
	 * @param kind which one
	 * @param url the URL of its broker
	 * @param directory where its ledger and its log are
	 * @param ledger who is told when it dies
	 * @param arguments further properties, as {@code name=value}; with an empty value, a
	 * property is taken away
	 * @return the application
	 */
	static AppProcess start(Kind kind, String url, Path directory, LedgerFile ledger, List<String> arguments) {
		Map<String, String> properties = new LinkedHashMap<>(Map.of("spring.application.name", "fault",
				"spring.main.banner-mode", "off", "spring.main.web-application-type", "none", "logging.level.root",
				"warn", "fault.ledger", directory.resolve("ledger").toString()));
		properties.putAll(kind.properties(url));
		for (String argument : arguments) {
			String[] property = argument.split("=", 2);
			properties.put(property[0], property[1]);
		}
		List<String> all = properties.entrySet()
			.stream()
			.filter((property) -> !property.getValue().isEmpty())
			.map((property) -> "--" + property.getKey() + "=" + property.getValue())
			.toList();
		return new AppProcess(ChildJvm.start(kind.mainClass, directory.resolve("application.log"), all), ledger);
	}

	/**
	 * Ends the application by SIGKILL.
	 */
	void kill() {
		ChildJvm.kill(this.process);
		noteEnd();
	}

	/**
	 * Ends the application by SIGTERM, and does not wait for it.
	 */
	void terminate() {
		this.process.destroy();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Waits for the application to end by itself.
	 * @return whether it has
	 */
	boolean awaitEnd(Duration timeout) {
		try {
			boolean gone = this.process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
			if (gone) {
				noteEnd();
			}
			return gone;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	int exitCode() {
		return this.process.exitValue();
	}

	private void noteEnd() {
		if (!this.ended) {
			this.ended = true;
			this.ledger.killed(this.process.pid());
		}
	}

	@Override
	public void close() {
		if (this.process.isAlive()) {
			kill();
		}
	}

	/**
	 * Which application.
	 */
	enum Kind {

		/**
		 * With this library.
		 */
		OURS(OurApplication.class),

		/**
		 * With Spring Boot alone.
		 */
		PLAIN(PlainApplication.class);

		private final Class<?> mainClass;

		Kind(Class<?> mainClass) {
			this.mainClass = mainClass;
		}

		Map<String, String> properties(String url) {
			return switch (this) {
				case OURS -> Map.of("messaging.broker.default.adapter", "activemq", "messaging.broker.default.url", url,
						"messaging.destination.orders.queue", FaultRun.QUEUE, "messaging.listener.concurrency",
						"${fault.concurrency:1}", "messaging.listener.window", "${fault.window:10}");
				case PLAIN -> Map.of("spring.activemq.broker-url", url);
			};
		}

	}

}
