package org.activemessaging.samples.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A broker that is started again some time after it has ended. Its process id is in a
 * file, for those who want to kill it.
 */
final class SupervisedBroker {

	private static final Log logger = LogFactory.getLog(SupervisedBroker.class);

	private static final int CONNECT_MILLIS = 1000;

	private final String name;

	private final BrokerProcessProperties.Settings settings;

	private final Path directory;

	private final Duration restartAfter;

	private @Nullable JavaProcess process;

	private @Nullable Long endedAt;

	SupervisedBroker(String name, BrokerProcessProperties.Settings settings, BrokerProcessProperties properties) {
		this.name = name;
		this.settings = settings;
		this.directory = properties.directory();
		this.restartAfter = properties.restartAfter();
	}

	void startIfNeeded() {
		JavaProcess current = this.process;
		if (current == null) {
			this.process = launched();
		}
		else if (current.isAlive()) {
			this.endedAt = null;
		}
		else if (this.endedAt == null) {
			this.endedAt = System.nanoTime();
			logger.warn("Broker '" + this.name + "' has ended. It is started again in " + this.restartAfter.toSeconds()
					+ " s");
		}
		else if (System.nanoTime() - this.endedAt >= this.restartAfter.toNanos()) {
			this.endedAt = null;
			current.restart();
			announce(current);
		}
	}

	private JavaProcess launched() {
		Map<String, String> values = new LinkedHashMap<>();
		values.put("broker.name", this.name);
		values.put("broker.port", String.valueOf(this.settings.port()));
		values.put("broker.directory", this.directory.toString());
		this.settings.option().forEach((option, value) -> values.put("broker." + option, value));
		Class<?> main = (this.settings.kind() == BrokerProcessProperties.Kind.ARTEMIS) ? ArtemisMain.class
				: ActiveMqMain.class;
		JavaProcess launched = JavaProcess.create(this.directory.resolve(this.name + ".log"), main, values,
				Objects.requireNonNull(this.settings.configuration()));
		announce(launched);
		return launched;
	}

	private void announce(JavaProcess launched) {
		Path file = this.directory.resolve(this.name + ".pid");
		try {
			Files.writeString(file, launched.pid() + System.lineSeparator());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		logger.info("Broker '" + this.name + "' is process " + launched.pid() + ", at port " + this.settings.port());
	}

	boolean isReachable() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress("localhost", this.settings.port()), CONNECT_MILLIS);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	void close() {
		if (this.process != null) {
			this.process.close();
		}
	}

}
