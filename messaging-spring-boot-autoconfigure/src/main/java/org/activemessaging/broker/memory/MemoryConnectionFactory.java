package org.activemessaging.broker.memory;

import jakarta.jms.Connection;
import org.activemessaging.broker.facade.FacadeConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a broker in this JVM, whoever asks for it.
 */
final class MemoryConnectionFactory extends FacadeConnectionFactory {

	private final MemoryBroker broker;

	MemoryConnectionFactory(MemoryBroker broker) {
		this.broker = broker;
	}

	@Override
	public Connection createConnection(@Nullable String user, @Nullable String password) {
		return new MemoryConnection(this.broker);
	}

}
