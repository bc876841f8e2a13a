package org.activemessaging.contract;

import java.nio.file.Path;
import java.util.Map;

import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.activemq.ActiveMqAdapter;
import org.activemessaging.flow.BrokerAccess;
import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.security.Secrets;

/**
 * ActiveMQ Classic with its journal on disk, the statistics plugin and priorities.
 */
final class ActiveMqUnderTest implements BrokerUnderTest {

	private static final String USER = "voyeur";

	private final BrokerAdapter adapter = new ActiveMqAdapter();

	private final BrokerProcess process;

	private boolean running;

	ActiveMqUnderTest(Path directory) {
		this.process = new BrokerProcess(directory, "prioritized=true", "user=" + USER, "password=" + Secrets.PASSWORD);
	}

	private ActiveMqUnderTest(BrokerProcess process) {
		this.process = process;
	}

	/**
	 * One as it is unpacked, but for JMX, which it has not: no plugin, no permission.
	 */
	static BrokerUnderTest withoutPlugins(Path directory) {
		return new ActiveMqUnderTest(new BrokerProcess(directory, "statistics=false"));
	}

	@Override
	public BrokerAdapter adapter() {
		return this.adapter;
	}

	@Override
	public void start() {
		if (!this.running) {
			this.process.start();
			this.running = true;
		}
	}

	@Override
	public void kill() {
		this.process.kill();
		this.running = false;
	}

	@Override
	public String url() {
		return this.process.url();
	}

	@Override
	public Map<String, String> properties() {
		return credentials(USER, Secrets.PASSWORD);
	}

	@Override
	public Map<String, String> propertiesWithoutPermission(String queue) {
		return credentials(BrokerAccess.ALL_BUT + queue, Secrets.PASSWORD);
	}

	@Override
	public Map<String, String> propertiesOfAStranger() {
		return credentials(USER, Secrets.CANARY + "wrong");
	}

	private static Map<String, String> credentials(String user, String password) {
		return Map.of("user", user, "password", password);
	}

	@Override
	public void close() {
		this.process.close();
	}

}
