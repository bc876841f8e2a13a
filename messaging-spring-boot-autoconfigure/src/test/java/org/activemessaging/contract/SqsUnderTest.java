package org.activemessaging.contract;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.sqs.ElasticMqMain;
import org.activemessaging.broker.sqs.SqsAdapter;
import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.flow.ChildJvm;

/**
 * ElasticMQ in a JVM of its own, with its messages in a file. It believes everybody and
 * permits everything.
 */
public final class SqsUnderTest implements BrokerUnderTest {

	private final SqsAdapter adapter = new SqsAdapter();

	private final int port = BrokerProcess.freePort();

	private final Path directory;

	private Process process;

	public SqsUnderTest(Path directory) {
		this.directory = directory;
	}

	@Override
	public BrokerAdapter adapter() {
		return this.adapter;
	}

	@Override
	public void start() {
		if (this.process == null || !this.process.isAlive()) {
			this.process = ChildJvm.start(ElasticMqMain.class, this.directory.resolve("sqs.log"),
					List.of(String.valueOf(this.port), this.directory.resolve("sqs").toString()));
			ChildJvm.awaitPort(this.process, this.port, this.directory.resolve("sqs.log"));
		}
	}

	@Override
	public void kill() {
		if (this.process != null) {
			ChildJvm.kill(this.process);
		}
	}

	@Override
	public String url() {
		return "http://127.0.0.1:" + this.port;
	}

	/**
	 * Groups of others are found soon, and messages of the dead come again soon.
	 */
	@Override
	public Map<String, String> properties() {
		return Map.of("user", "voyeur", "password", "xyzzy-sqs", "properties.visibility-timeout", "2s",
				"properties.group-refresh", "100ms", "properties.wait-time", "1s");
	}

	// Bytes travel as Base64.
	@Override
	public int largestPayload() {
		return 700_000;
	}

	@Override
	public boolean tellsExactDepth() {
		return false;
	}

	@Override
	public String orderedQueueName(String base) {
		return base + ".fifo";
	}

	@Override
	public void close() {
		kill();
	}

}
