package org.activemessaging.contract;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.activemq.ActiveMqAdapter;
import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.flow.ChildJvm;
import org.jspecify.annotations.Nullable;

/**
 * ActiveMQ Classic 5.18, which speaks the same protocol as its successors but has the API
 * of Java EE. The build copies its jars to a folder of their own.
 */
public final class OldActiveMqUnderTest implements BrokerUnderTest {

	/**
	 * The folder of its jars.
	 */
	static final Path JARS = Path.of("target", "activemq-5.18");

	private final int port = BrokerProcess.freePort();

	private final Path directory;

	private @Nullable Process process;

	/**
	 * Creates a broker that is not started yet.
	 * @param directory where its journal and its log are
	 */
	public OldActiveMqUnderTest(Path directory) {
		this.directory = directory;
	}

	@Override
	public BrokerAdapter adapter() {
		return new ActiveMqAdapter();
	}

	@Override
	public void start() {
		if (this.process != null && this.process.isAlive()) {
			return;
		}
		if (!Files.isDirectory(JARS)) {
			throw new IllegalStateException(
					"There is no " + JARS.toAbsolutePath() + ": Maven makes it in phase process-test-resources");
		}
		Process started = launch();
		this.process = started;
		ChildJvm.awaitPort(started, this.port, this.directory.resolve("broker.log"));
	}

	private Process launch() {
		// Of the tests' class path only what this main class is in: a jar of today's
		// broker would come first.
		String ownClasses = Path.of(toUri(OldActiveMqMain.class)).toString();
		List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-cp",
				ownClasses + File.pathSeparator + JARS.toAbsolutePath() + File.separator + "*",
				OldActiveMqMain.class.getName(), String.valueOf(this.port), this.directory.toString());
		try {
			return new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(this.directory.resolve("broker.log").toFile()))
				.start();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static URI toUri(Class<?> type) {
		return URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString());
	}

	@Override
	public void kill() {
		if (this.process != null) {
			ChildJvm.kill(this.process);
		}
	}

	@Override
	public String url() {
		return "tcp://localhost:" + this.port;
	}

	/**
	 * The version, as the broker has written it down.
	 */
	public String version() {
		try {
			return Files.readString(this.directory.resolve("version"));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		kill();
	}

}
