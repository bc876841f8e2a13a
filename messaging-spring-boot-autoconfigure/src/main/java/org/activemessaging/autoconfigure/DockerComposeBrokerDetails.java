package org.activemessaging.autoconfigure;

import java.util.Arrays;

import org.activemessaging.MessagingConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.ssl.SslBundle;

/**
 * Makes the connection details of a broker from the service of Docker Compose that has
 * its name in the label {@value #LABEL}. The label tells services apart that have the
 * same image.
 */
class DockerComposeBrokerDetails extends DockerComposeConnectionDetailsFactory<BrokerConnectionDetails> {

	static final String LABEL = "org.activemessaging.broker";

	DockerComposeBrokerDetails() {
		super((source) -> source.getRunningService().labels().containsKey(LABEL));
	}

	@Override
	protected BrokerConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
		RunningService service = source.getRunningService();
		DockerComposeBroker broker = DockerComposeBroker.of(service);
		if (broker == null) {
			throw new MessagingConfigurationException(
					"The service '" + service.name() + "' of Docker Compose has the label '" + LABEL
							+ "', but its image, " + service.image() + ", is not one of a known broker: "
							+ Arrays.stream(DockerComposeBroker.values()).flatMap(DockerComposeBroker::images).toList()
							+ ".",
					"Say by the label '" + DockerComposeBroker.SERVICE_CONNECTION + "' which of them it is like, or"
							+ " remove the label '" + LABEL + "' and set 'messaging.broker.<name>.url'.");
		}
		return new Details(service, broker);
	}

	/**
	 * The details.
	 */
	private static final class Details extends DockerComposeConnectionDetails implements BrokerConnectionDetails {

		private final RunningService service;

		private final DockerComposeBroker broker;

		Details(RunningService service, DockerComposeBroker broker) {
			super(service);
			this.service = service;
			this.broker = broker;
		}

		@Override
		public String getBrokerName() {
			return this.service.labels().getOrDefault(LABEL, "");
		}

		@Override
		public String getUrl() {
			return this.broker.url(this.service);
		}

		@Override
		public @Nullable String getUser() {
			return this.broker.user(this.service);
		}

		@Override
		public @Nullable String getPassword() {
			return this.broker.password(this.service);
		}

		@Override
		public @Nullable SslBundle getSslBundle() {
			return getSslBundle(this.service);
		}

	}

}
