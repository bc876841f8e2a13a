package org.activemessaging.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.rabbitmq.RabbitMqAdapter;
import org.activemessaging.fault.Form;
import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.flow.Certificates;
import org.activemessaging.flow.ChildJvm;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A node of RabbitMQ, started from the installed package as a process of the test. Where
 * there is none, the tests that want it are skipped and say so.
 */
public final class RabbitMqUnderTest implements BrokerUnderTest {

	private static final String USER = "voyeur";

	private static final String PASSWORD = "xyzzy-rabbit-voyeur";

	private static final String GUARDED_USER = "guarded";

	private static final String GUARDED_PASSWORD = "xyzzy-rabbit-guarded";

	private static final Path HOME = Path.of("/usr/lib/rabbitmq");

	// Each plugin in the folder of plugins makes the start longer.
	private static final List<String> PLUGINS_NEVER_NEEDED = List.of("rabbitmq_", "cow", "prometheus", "eetcd", "gun",
			"README");

	private final int port = BrokerProcess.freePort();

	private final int stompPort = BrokerProcess.freePort();

	private final int tlsPort = BrokerProcess.freePort();

	private final int distributionPort = BrokerProcess.freePort();

	private final int registryPort = BrokerProcess.freePort();

	private final Path directory;

	private final List<String> plugins;

	private String queueType = "quorum";

	private Certificates certificates;

	private Process registry;

	private Process node;

	/**
	 * Creates a node that is not started yet.
	 * @param directory where its data and its log are to be
	 * @param plugins the plugins to enable, for example {@code rabbitmq_stomp}
	 */
	public RabbitMqUnderTest(Path directory, String... plugins) {
		this.directory = directory.resolve("rabbitmq");
		this.plugins = List.of(plugins);
	}

	/**
	 * Creates a node that is not started yet, for classic queues.
	 * @param directory where its data and its log are to be
	 */
	static RabbitMqUnderTest withClassicQueues(Path directory) {
		RabbitMqUnderTest broker = new RabbitMqUnderTest(directory);
		broker.queueType = "classic";
		return broker;
	}

	/**
	 * Has the node listen by TLS as well.
	 * @param certificates whose certificate it shows
	 */
	public RabbitMqUnderTest withTls(Certificates certificates) {
		this.certificates = certificates;
		return this;
	}

	@Override
	public BrokerAdapter adapter() {
		return new RabbitMqAdapter();
	}

	@Override
	public void start() {
		if (this.node != null && this.node.isAlive()) {
			return;
		}
		Assumptions.assumeTrue(Files.isExecutable(HOME.resolve("bin/rabbitmq-server")),
				"RabbitMQ is not installed: there is no " + HOME.resolve("bin/rabbitmq-server"));
		boolean again = this.registry != null;
		if (!again) {
			prepare();
			// One of its own, since a common one belongs to whoever was first.
			this.registry = launch("registry.log", "epmd", "-port", String.valueOf(this.registryPort));
		}
		this.node = launch("node.log", HOME.resolve("bin/rabbitmq-server").toString());
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(100))
			.until(() -> serves(USER, PASSWORD) && (again || servesQuorumQueues()));
		if (again) {
			// After a kill, the quorum queues of a cluster of one node are now and then
			// without a leader, and then they answer nobody.
			control("[catch ra:trigger_election(amqqueue:get_pid(Q)) || Q <- rabbit_amqqueue:list(),"
					+ " amqqueue:get_type(Q) =:= rabbit_quorum_queue].");
		}
	}

	@Override
	public void kill() {
		ChildJvm.kill(this.node);
	}

	@Override
	public String url() {
		return "amqp://localhost:" + this.port;
	}

	@Override
	public boolean tellsExactDepth() {
		return false;
	}

	// Who may write to the default exchange may write to each queue that exists.
	@Override
	public boolean refusesSending() {
		return false;
	}

	// After a kill, a quorum queue on a single node may give no answer for half a minute,
	// for which only the long form has the time.
	@Override
	public boolean keepsMessages() {
		return this.queueType.equals("classic") || Form.LONG;
	}

	@Override
	public boolean recoversSoon() {
		return this.queueType.equals("classic");
	}

	/**
	 * The port of AMQP 0-9-1.
	 */
	@Override
	public int port() {
		return this.port;
	}

	/**
	 * The port of STOMP, if its plugin is enabled.
	 */
	public int stompPort() {
		return this.stompPort;
	}

	/**
	 * The port of AMQP 0-9-1 by TLS, if there are certificates.
	 */
	public int tlsPort() {
		return this.tlsPort;
	}

	/**
	 * A factory of plain AMQP connections to this node.
	 */
	public ConnectionFactory amqp() {
		return amqp(USER, PASSWORD);
	}

	@Override
	public Map<String, String> properties() {
		return Map.of("user", USER, "password", PASSWORD, "properties.queue-type", this.queueType);
	}

	@Override
	public Map<String, String> propertiesWithoutPermission(String queue) {
		String others = "^(?!" + queue.replace(".", "[.]") + "$).*";
		permit(GUARDED_USER, others, others, others);
		return Map.of("user", GUARDED_USER, "password", GUARDED_PASSWORD, "properties.queue-type", this.queueType);
	}

	/**
	 * Sets what a user may do, by regular expressions of names.
	 */
	public void permit(String user, String configure, String write, String read) {
		control("rabbit_auth_backend_internal:set_permissions(<<\"" + user + "\">>, <<\"/\">>, <<\"" + configure
				+ "\">>, <<\"" + write + "\">>, <<\"" + read + "\">>, <<\"test\">>).");
	}

	@Override
	public Map<String, String> propertiesOfAStranger() {
		return Map.of("user", USER, "password", "xyzzy-rabbit-wrong");
	}

	/**
	 * Runs an expression of Erlang inside the node.
	 */
	public void control(String expression) {
		Process control = launch("control.log", HOME.resolve("bin/rabbitmqctl").toString(), "eval", expression);
		try {
			if (!control.waitFor(30, TimeUnit.SECONDS) || control.exitValue() != 0) {
				throw new IllegalStateException("Refused, see " + this.directory.resolve("control.log"));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		if (this.node != null) {
			ChildJvm.kill(this.node);
		}
		if (this.registry != null) {
			ChildJvm.kill(this.registry);
			deleteLinks();
		}
	}

	// JUnit would warn of each link when it deletes the folder.
	private void deleteLinks() {
		try (Stream<Path> files = Files.walk(this.directory.resolve("distribution"))) {
			for (Path link : files.filter(Files::isSymbolicLink).toList()) {
				Files.delete(link);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private ConnectionFactory amqp(String user, String password) {
		ConnectionFactory factory = new ConnectionFactory();
		factory.setHost("localhost");
		factory.setPort(this.port);
		factory.setUsername(user);
		factory.setPassword(password);
		factory.setAutomaticRecoveryEnabled(false);
		return factory;
	}

	// A node accepts connections before it can elect the leader of its first quorum
	// queue.
	private boolean servesQuorumQueues() {
		try (Connection connection = amqp().newConnection("test"); Channel channel = connection.createChannel()) {
			String queue = channel.queueDeclare("first", true, false, false, Map.of("x-queue-type", "quorum"))
				.getQueue();
			channel.confirmSelect();
			channel.basicPublish("", queue, null, new byte[1]);
			boolean served = channel.waitForConfirms(10_000) && channel.basicGet(queue, true) != null;
			channel.queueDelete(queue);
			return served;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (IOException | TimeoutException | ShutdownSignalException ex) {
			return false;
		}
	}

	private boolean serves(String user, String password) {
		if (!this.node.isAlive()) {
			throw new IllegalStateException("The node has ended, see " + this.directory.resolve("node.log"));
		}
		try (Connection connection = amqp(user, password).newConnection()) {
			return connection.isOpen();
		}
		catch (IOException | TimeoutException ex) {
			return false;
		}
	}

	private void prepare() {
		try {
			Files.createDirectories(this.directory.resolve("distribution/plugins"));
			Path distribution = HOME.resolve("bin/rabbitmq-server").toRealPath().getParent().getParent();
			for (String folder : List.of("sbin", "escript")) {
				Files.createSymbolicLink(this.directory.resolve("distribution/" + folder),
						distribution.resolve(folder));
			}
			try (Stream<Path> plugins = Files.list(distribution.resolve("plugins"))) {
				for (Path plugin : plugins.filter((path) -> isNeeded(path.getFileName().toString())).toList()) {
					Files.createSymbolicLink(
							this.directory.resolve("distribution/plugins").resolve(plugin.getFileName()), plugin);
				}
			}
			Files.writeString(this.directory.resolve("enabled_plugins"), this.plugins + ".\n");
			Files.writeString(this.directory.resolve("definitions.json"),
					"""
							{ "vhosts": [ { "name": "/" } ],
							  "users": [ { "name": "%s", "password": "%s", "tags": [] },
							             { "name": "%s", "password": "%s", "tags": [] } ],
							  "permissions": [ { "user": "%1$s", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*" } ] }
							"""
						.formatted(USER, PASSWORD, GUARDED_USER, GUARDED_PASSWORD));
			Files.writeString(this.directory.resolve("rabbitmq.conf"), configuration());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private boolean isNeeded(String plugin) {
		return plugin.startsWith("rabbitmq_prelaunch") || this.plugins.stream().anyMatch(plugin::startsWith)
				|| PLUGINS_NEVER_NEEDED.stream().noneMatch(plugin::startsWith);
	}

	private String configuration() {
		List<String> lines = new ArrayList<>(
				List.of("listeners.tcp.1 = 127.0.0.1:" + this.port, "loopback_users = none",
						"load_definitions = " + this.directory.resolve("definitions.json"), "log.file = false",
						"log.console = true", "log.console.level = warning", "disk_free_limit.absolute = 50MB"));
		if (this.plugins.contains("rabbitmq_stomp")) {
			lines.add("stomp.listeners.tcp.1 = 127.0.0.1:" + this.stompPort);
		}
		if (this.certificates != null) {
			lines.addAll(List.of("listeners.ssl.1 = 127.0.0.1:" + this.tlsPort,
					"ssl_options.cacertfile = " + this.certificates.authority(),
					"ssl_options.certfile = " + this.certificates.certificate(),
					"ssl_options.keyfile = " + this.certificates.key()));
		}
		return String.join("\n", lines) + "\n";
	}

	private Process launch(String log, String... command) {
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.directory.resolve(log).toFile()));
		Map<String, String> environment = builder.environment();
		String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
		environment.clear();
		environment.put("PATH", path);
		environment.put("LC_ALL", "C.UTF-8");
		environment.put("HOME", this.directory.toString());
		environment.put("ERL_EPMD_PORT", String.valueOf(this.registryPort));
		environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
		// The node's own process, instead of a shell around it that would survive it.
		environment.put("RUNNING_UNDER_SYSTEMD", "true");
		environment.put("RABBITMQ_SCRIPTS_DIR", this.directory.resolve("distribution/sbin").toString());
		environment.put("RABBITMQ_PLUGINS_DIR", this.directory.resolve("distribution/plugins").toString());
		environment.put("RABBITMQ_CONF_ENV_FILE", this.directory.resolve("none").toString());
		environment.put("RABBITMQ_CONFIG_FILE", this.directory.resolve("rabbitmq.conf").toString());
		environment.put("RABBITMQ_ENABLED_PLUGINS_FILE", this.directory.resolve("enabled_plugins").toString());
		environment.put("RABBITMQ_MNESIA_BASE", this.directory.resolve("data").toString());
		environment.put("RABBITMQ_LOG_BASE", this.directory.resolve("log").toString());
		environment.put("RABBITMQ_NODENAME", "test" + this.port + "@localhost");
		environment.put("RABBITMQ_NODE_PORT", String.valueOf(this.port));
		environment.put("RABBITMQ_DIST_PORT", String.valueOf(this.distributionPort));
		environment.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+sbwt none");
		try {
			return builder.start();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
