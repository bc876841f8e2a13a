package org.activemessaging.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.Support;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.FileSystemUtils;

/**
 * A broker under test and what was found out about it.
 */
final class ContractRun implements AutoCloseable {

	private final Map<Capability, Boolean> observed = new EnumMap<>(Capability.class);

	private final List<ContractReport.Line> lines = new CopyOnWriteArrayList<>();

	private final long startedAt = System.nanoTime();

	private final TestedBroker kind;

	private final Path directory;

	private final BrokerUnderTest broker;

	private final ExecutorService closers = Executors.newFixedThreadPool(4);

	private BrokerUnderTest neighbour;

	private SharedApplication shared;

	ContractRun(TestedBroker kind) {
		this(kind, kind::create);
	}

	/**
	 * Begins a run on another broker of a kind, for which no report is written.
	 */
	ContractRun(TestedBroker kind, Function<Path, BrokerUnderTest> factory) {
		this.kind = kind;
		this.directory = temporaryDirectory();
		this.broker = factory.apply(this.directory);
	}

	private static Path temporaryDirectory() {
		try {
			return Files.createTempDirectory("contract-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void start() {
		this.broker.start();
	}

	BrokerUnderTest broker() {
		return this.broker;
	}

	/**
	 * Another broker, of the kind that needs nothing but Java.
	 */
	BrokerUnderTest neighbour() {
		if (this.neighbour == null) {
			this.neighbour = new ActiveMqUnderTest(temporaryDirectory());
			this.neighbour.start();
		}
		return this.neighbour;
	}

	SharedApplication shared(Supplier<SharedApplication> supplier) {
		if (this.shared == null) {
			this.shared = supplier.get();
		}
		return this.shared;
	}

	/**
	 * Closes what a test has opened, the last first.
	 */
	void closeLater(Collection<AutoCloseable> closeables) {
		List<AutoCloseable> all = List.copyOf(closeables);
		if (!all.isEmpty()) {
			this.closers.execute(() -> all.forEach(ContractRun::closeQuietly));
		}
	}

	// The broker may be down.
	private static void closeQuietly(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			LogFactory.getLog(ContractRun.class).debug("Not closed", ex);
		}
	}

	BrokerProfile profile() {
		return profile(this.broker, this.broker.url());
	}

	static BrokerProfile profile(BrokerUnderTest broker, String url) {
		Map<String, String> options = new HashMap<>();
		broker.properties().forEach((name, value) -> {
			if (name.startsWith("properties.")) {
				options.put(name.substring("properties.".length()), value);
			}
		});
		return new BrokerProfile("default", "voyeur", url, broker.properties().get("user"),
				broker.properties().get("password"), null, Duration.ofMillis(100), Duration.ofMillis(500),
				Duration.ofSeconds(10), options);
	}

	Support support(Capability capability) {
		return this.broker.adapter().capabilities(profile()).getOrDefault(capability, Support.no("not declared"));
	}

	boolean has(Requires.Trait trait) {
		return switch (trait) {
			case KEEPS_MESSAGES -> this.broker.keepsMessages();
			case REFUSES_STRANGERS -> this.broker.propertiesOfAStranger() != null;
			case KNOWS_PERMISSIONS -> this.broker.propertiesWithoutPermission("Any") != null;
			case LIMITS_PAYLOADS -> this.broker.largestPayload() < 1 << 20;
			case KNOWS_REPLY_TO -> this.broker.knowsReplyTo();
			case CUTTABLE -> this.broker.cuttable();
		};
	}

	void observed(Capability capability, boolean works) {
		this.observed.put(capability, works);
	}

	void notApplicable(String test, String reason) {
		this.lines.add(new ContractReport.Line(test, ContractReport.Result.NOT_APPLICABLE, reason));
	}

	void run(String test, ContractReport.Result result, Duration time) {
		String note = (time.toSeconds() > 0) ? ", %.1f s".formatted(time.toMillis() / 1000.0) : "";
		this.lines.add(new ContractReport.Line(test, result, note));
	}

	void report() {
		Map<Capability, Support> supports = new EnumMap<>(Capability.class);
		for (Capability capability : Capability.values()) {
			supports.put(capability, support(capability));
		}
		new ContractReport(Path.of("target")).write(this.kind.name(), this.kind.title(),
				Duration.ofNanos(System.nanoTime() - this.startedAt), this.lines, supports, this.observed);
	}

	@Override
	public void close() throws InterruptedException {
		if (this.shared != null) {
			this.shared.close();
		}
		this.closers.shutdown();
		if (!this.closers.awaitTermination(60, TimeUnit.SECONDS)) {
			throw new IllegalStateException("An application does not end");
		}
		this.broker.close();
		if (this.neighbour != null) {
			this.neighbour.close();
		}
		boolean good = !this.lines.isEmpty()
				&& this.lines.stream().noneMatch((line) -> line.result() == ContractReport.Result.FAILED);
		if (good) {
			// Else the broker's log may say why.
			FileSystemUtils.deleteRecursively(this.directory.toFile());
		}
	}

}
