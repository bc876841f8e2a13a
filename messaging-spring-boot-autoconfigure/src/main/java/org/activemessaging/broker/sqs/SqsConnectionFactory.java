package org.activemessaging.broker.sqs;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import org.activemessaging.broker.facade.FacadeConnectionFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Makes connections, which share one client.
 */
final class SqsConnectionFactory extends FacadeConnectionFactory {

	private static final String PROBE = "messaging-probe";

	private final SqsService service;

	SqsConnectionFactory(SqsService service) {
		this.service = service;
	}

	SqsService service() {
		return this.service;
	}

	@Override
	public Connection createConnection(@Nullable String user, @Nullable String password) throws JMSException {
		if (user != null && !user.equals(this.service.profile().user())) {
			throw new JMSException("The credentials of " + this.service.profile() + " are those of its profile");
		}
		this.service.acquire();
		boolean reached = false;
		try {
			probe(this.service.client());
			reached = true;
			return new SqsConnection(this.service);
		}
		finally {
			if (!reached) {
				this.service.release();
			}
		}
	}

	// Any answer about a queue that need not be there says that the service can be
	// reached, and knows who asks.
	private void probe(SqsClient client) throws JMSException {
		this.service.ask("No connection to " + this.service.profile(), () -> {
			try {
				return client.getQueueUrl((request) -> request.queueName(PROBE)).queueUrl();
			}
			catch (SdkException ex) {
				if (SqsFailures.isMissingQueue(ex) || SqsFailures.isDenied(ex)) {
					return PROBE;
				}
				throw ex;
			}
		});
	}

	@Override
	public String toString() {
		return "connections to " + this.service.profile();
	}

}
