package org.activemessaging.contract;

import java.util.concurrent.atomic.AtomicInteger;

import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.memory.MemoryAdapter;
import org.activemessaging.broker.memory.MemoryBroker;

/**
 * The broker in this JVM. Nothing of it can be killed or cut alone.
 */
public final class MemoryUnderTest implements BrokerUnderTest {

	private static final AtomicInteger count = new AtomicInteger();

	private final MemoryAdapter adapter = new MemoryAdapter();

	private final String name = "contract-" + count.incrementAndGet();

	@Override
	public BrokerAdapter adapter() {
		return this.adapter;
	}

	@Override
	public void start() {
	}

	@Override
	public void kill() {
		throw new UnsupportedOperationException("It is this JVM");
	}

	@Override
	public String url() {
		return "memory://" + this.name;
	}

	@Override
	public boolean keepsMessages() {
		return false;
	}

	@Override
	public boolean outlivesApplications() {
		return false;
	}

	@Override
	public boolean cuttable() {
		return false;
	}

	@Override
	public void close() {
		MemoryBroker.discard(this.name);
	}

}
