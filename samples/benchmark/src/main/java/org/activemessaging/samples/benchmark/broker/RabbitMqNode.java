package org.activemessaging.samples.benchmark.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A node of RabbitMQ with a folder, ports and a registry of its own, so that it is in
 * nobody's way.
 */
final class RabbitMqNode implements AutoCloseable {

	static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

	private final int port = ServerJvm.freePort();

	private final int registryPort = ServerJvm.freePort();

	private final int distributionPort = ServerJvm.freePort();

	private final Path directory;

	private final Process registry;

	private final Process node;

	RabbitMqNode(Path directory) {
		this.directory = directory;
		try {
			Files.createDirectories(directory);
			Files.writeString(directory.resolve("enabled_plugins"), "[].\n");
			Files.writeString(directory.resolve("rabbitmq.conf"), "listeners.tcp.1 = 127.0.0.1:" + this.port
					+ "\nlog.file = false\nlog.console = true\nlog.console.level = warning\n");
			this.registry = launch("epmd", "-port", String.valueOf(this.registryPort));
			this.node = launch(SERVER.toString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		ServerJvm.awaitPort(this.port, this.node);
	}

	int port() {
		return this.port;
	}

	private Process launch(String... command) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.directory.resolve("node.log").toFile()));
		Map<String, String> environment = builder.environment();
		environment.put("HOME", this.directory.toString());
		environment.put("ERL_EPMD_PORT", String.valueOf(this.registryPort));
		environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
		// The node's own process, instead of a shell around it that would survive it.
		environment.put("RUNNING_UNDER_SYSTEMD", "true");
		environment.put("RABBITMQ_CONF_ENV_FILE", this.directory.resolve("none").toString());
		environment.put("RABBITMQ_CONFIG_FILE", this.directory.resolve("rabbitmq.conf").toString());
		environment.put("RABBITMQ_ENABLED_PLUGINS_FILE", this.directory.resolve("enabled_plugins").toString());
		environment.put("RABBITMQ_MNESIA_BASE", this.directory.resolve("data").toString());
		environment.put("RABBITMQ_LOG_BASE", this.directory.resolve("log").toString());
		environment.put("RABBITMQ_NODENAME", "benchmark" + this.port + "@localhost");
		environment.put("RABBITMQ_DIST_PORT", String.valueOf(this.distributionPort));
		return builder.start();
	}

	@Override
	public void close() {
		for (Process process : new Process[] { this.node, this.registry }) {
			process.destroy();
			try {
				if (!process.waitFor(20, TimeUnit.SECONDS)) {
					process.destroyForcibly();
				}
			}
			catch (InterruptedException ex) {
				process.destroyForcibly();
				Thread.currentThread().interrupt();
			}
		}
	}

}
