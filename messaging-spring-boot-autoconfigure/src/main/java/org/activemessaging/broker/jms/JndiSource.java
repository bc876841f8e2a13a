package org.activemessaging.broker.jms;

import javax.naming.NamingException;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.BrokerUrl;
import org.jspecify.annotations.Nullable;

import org.springframework.jndi.JndiTemplate;

/**
 * Looks a connection factory up when it is needed first, and until it is there: a server
 * may bind it after the application has started.
 */
final class JndiSource implements ProviderConnectionFactory.Source {

	private final String name;

	private final BrokerProfile profile;

	private volatile @Nullable ConnectionFactory found;

	JndiSource(String name, BrokerProfile profile) {
		this.name = name;
		this.profile = profile;
	}

	@Override
	public ConnectionFactory get() throws JMSException {
		ConnectionFactory known = this.found;
		if (known == null) {
			known = lookUp();
			this.found = known;
		}
		return known;
	}

	private ConnectionFactory lookUp() throws JMSException {
		Object bound;
		try {
			bound = new JndiTemplate().lookup(this.name);
		}
		catch (NamingException ex) {
			JMSException failure = new JMSException("There is nothing at '" + this.name + "' in JNDI, which"
					+ " 'messaging.broker." + this.profile.name() + ".connection-factory' names: "
					+ BrokerUrl.redact(String.valueOf(ex.getMessage())));
			failure.setLinkedException(ex);
			throw failure;
		}
		if (bound instanceof ConnectionFactory connectionFactory) {
			Provider.of(bound.getClass().getName()).check(connectionFactory, this.profile);
			return connectionFactory;
		}
		throw new JMSException("At '" + this.name + "' in JNDI, which 'messaging.broker." + this.profile.name()
				+ ".connection-factory' names, is a " + bound.getClass().getName()
				+ " instead of a jakarta.jms.ConnectionFactory");
	}

}
