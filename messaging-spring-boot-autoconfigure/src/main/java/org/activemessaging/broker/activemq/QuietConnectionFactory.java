package org.activemessaging.broker.activemq;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

import jakarta.jms.JMSException;
import org.activemessaging.broker.BrokerUrl;
import org.apache.activemq.ActiveMQConnection;
import org.apache.activemq.ActiveMQSslConnectionFactory;
import org.apache.activemq.management.JMSStatsImpl;
import org.apache.activemq.transport.DefaultTransportListener;
import org.apache.activemq.transport.Transport;
import org.apache.activemq.util.URISupport;

/**
 * A connection factory that asks first whether anybody is there, after a connection has
 * failed. ActiveMQ's client logs an error each time that it cannot connect by
 * {@code failover:}, and it has no option for that: with ten processors that is one line
 * every few seconds.
 */
final class QuietConnectionFactory extends ActiveMQSslConnectionFactory {

	private final int timeout;

	private volatile boolean unreachable;

	QuietConnectionFactory(int timeout) {
		this.timeout = timeout;
	}

	@Override
	protected Transport createTransport() throws JMSException {
		if (this.unreachable && BrokerUrl.scheme(getBrokerURL()).equals("failover")) {
			probe(hosts());
		}
		return super.createTransport();
	}

	@Override
	protected ActiveMQConnection createActiveMQConnection(Transport transport, JMSStatsImpl stats) throws Exception {
		ActiveMQConnection connection = super.createActiveMQConnection(transport, stats);
		connection.addTransportListener(new DefaultTransportListener() {

			@Override
			public void onException(IOException failure) {
				QuietConnectionFactory.this.unreachable = true;
			}

			@Override
			public void onCommand(Object command) {
				if (QuietConnectionFactory.this.unreachable) {
					QuietConnectionFactory.this.unreachable = false;
				}
			}

		});
		return connection;
	}

	private List<URI> hosts() {
		try {
			return List.of(URISupport.parseComposite(URI.create(getBrokerURL())).getComponents());
		}
		catch (URISyntaxException ex) {
			return List.of();
		}
	}

	// The client is left to say what is wrong with hosts that cannot be asked.
	private void probe(List<URI> hosts) throws JMSException {
		IOException failure = null;
		for (URI host : hosts) {
			if (host.getHost() == null || host.getPort() < 0) {
				return;
			}
			try (Socket socket = new Socket()) {
				socket.connect(new InetSocketAddress(host.getHost(), host.getPort()), this.timeout);
				return;
			}
			catch (IOException ex) {
				failure = ex;
			}
		}
		if (failure != null) {
			JMSException unreached = new JMSException("None of the brokers accepts a connection");
			unreached.initCause(failure);
			throw unreached;
		}
	}

}
