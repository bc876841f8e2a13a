package org.activemessaging.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.artemis.ArtemisAdapter;
import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.flow.ChildJvm;
import org.jspecify.annotations.Nullable;

/**
 * Artemis in a JVM of its own.
 */
public final class ArtemisUnderTest implements BrokerUnderTest {

	private final int port = BrokerProcess.freePort();

	private final int stompPort = BrokerProcess.freePort();

	private final int amqpPort = BrokerProcess.freePort();

	private final int openWirePort = BrokerProcess.freePort();

	private final Path directory;

	private final List<String> options;

	private @Nullable Process process;

	/**
	 * Creates a broker that is not started yet.
	 * @param directory where its journal and its log are
	 * @param options {@code stomp}, {@code amqp} and {@code openwire} for those protocols
	 * on {@link #stompPort()}, {@link #amqpPort()} and {@link #openWirePort()}, and what
	 * {@link ArtemisMain} knows
	 */
	public ArtemisUnderTest(Path directory, String... options) {
		this.directory = directory;
		this.options = List.of(options);
	}

	@Override
	public BrokerAdapter adapter() {
		return new ArtemisAdapter();
	}

	@Override
	public void start() {
		if (this.process != null && this.process.isAlive()) {
			return;
		}
		List<String> arguments = new ArrayList<>(List.of(String.valueOf(this.port), this.directory.toString()));
		List<Integer> ports = new ArrayList<>(List.of(this.port));
		for (String option : this.options) {
			switch (option) {
				case "stomp" -> arguments.add(listen("stomp=", this.stompPort, ports));
				case "openwire" -> arguments.add(listen("openwire=", this.openWirePort, ports));
				case "amqp" -> arguments.add(listen("amqp=", this.amqpPort, ports));
				default -> arguments.add(option);
			}
		}
		Process started = ChildJvm.start(ArtemisMain.class, this.directory.resolve("broker.log"), olderJars(),
				arguments);
		this.process = started;
		ports.forEach((port) -> ChildJvm.awaitPort(started, port, this.directory.resolve("broker.log")));
	}

	// Artemis speaks OpenWire by a client of ActiveMQ that has the API of Java EE.
	private List<Path> olderJars() {
		if (!this.options.contains("openwire")) {
			return List.of();
		}
		try (Stream<Path> jars = Files.list(OldActiveMqUnderTest.JARS)) {
			return jars.filter((jar) -> !jar.getFileName().toString().startsWith("slf4j"))
				.map(Path::toAbsolutePath)
				.toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String listen(String option, int port, List<Integer> ports) {
		ports.add(port);
		return option + port;
	}

	@Override
	public void kill() {
		if (this.process != null) {
			ChildJvm.kill(this.process);
		}
	}

	/**
	 * The process of the broker while it runs.
	 */
	public Process process() {
		return Objects.requireNonNull(this.process);
	}

	/**
	 * The port of Artemis' own protocol.
	 */
	@Override
	public int port() {
		return this.port;
	}

	/**
	 * The port of STOMP, open if it was asked for.
	 */
	public int stompPort() {
		return this.stompPort;
	}

	/**
	 * The port of AMQP 1.0, open if it was asked for.
	 */
	public int amqpPort() {
		return this.amqpPort;
	}

	/**
	 * The port of OpenWire, ActiveMQ Classic's protocol, open if it was asked for.
	 */
	public int openWirePort() {
		return this.openWirePort;
	}

	@Override
	public String url() {
		return "tcp://localhost:" + this.port;
	}

	/**
	 * What has the broker's own JVM know who somebody is.
	 * @param user {@code app}, {@code admin} or {@code guest}, who may create nothing
	 */
	public static Map<String, String> credentials(String user) {
		return Map.of("user", user, "password", ArtemisMain.PASSWORD);
	}

	@Override
	public Map<String, String> properties() {
		return credentials(ArtemisMain.USER);
	}

	@Override
	public Map<String, String> propertiesWithoutPermission(String queue) {
		return credentials(ArtemisMain.USER_WITHOUT + queue);
	}

	@Override
	public Map<String, String> propertiesOfAStranger() {
		return Map.of("user", ArtemisMain.USER, "password", "xyzzy-wrong");
	}

	@Override
	public void close() {
		kill();
	}

}
