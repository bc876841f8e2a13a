package org.activemessaging.test;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.autoconfigure.BrokerConnectionDetails;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.Container;
import org.testcontainers.utility.DockerImageName;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;

/**
 * Makes the connection details of the broker that a {@code @ServiceConnection} names from
 * its container.
 *
 * @param <C> the type of the container
 */
abstract class BrokerContainerDetails<C extends Container<?>>
		extends ContainerConnectionDetailsFactory<C, BrokerConnectionDetails> {

	private final Class<?> containerType;

	private final Function<C, String> url;

	private final Function<C, String> user;

	private final Function<C, String> password;

	BrokerContainerDetails(Class<?> containerType, Function<C, String> url, Function<C, String> user,
			Function<C, String> password) {
		this.containerType = containerType;
		this.url = url;
		this.user = user;
		this.password = password;
	}

	@Override
	protected BrokerConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<C> source) {
		return new Details(source);
	}

	/**
	 * The details. Only the brokers that are declared can tell which one is meant.
	 */
	private final class Details extends ContainerConnectionDetails<C>
			implements BrokerConnectionDetails, EnvironmentAware {

		private static final Bindable<Map<String, Object>> BROKERS = Bindable.mapOf(String.class, Object.class);

		private final ContainerConnectionSource<C> source;

		private @Nullable Environment environment;

		Details(ContainerConnectionSource<C> source) {
			super(source);
			this.source = source;
		}

		@Override
		public void setEnvironment(Environment environment) {
			this.environment = environment;
		}

		@Override
		public String getBrokerName() {
			Assert.state(this.environment != null, "The details are not a bean");
			Set<String> brokers = Binder.get(this.environment)
				.bind("messaging.broker", BROKERS)
				.orElse(Collections.emptyMap())
				.keySet();
			return brokers.stream().filter(this::isNamed).findFirst().orElseGet(() -> {
				// Without a name, a connection has that of the image.
				if (isNamed(DockerImageName.parse(getContainer().getDockerImageName()).getRepository())) {
					return "";
				}
				throw new MessagingConfigurationException(
						"The @ServiceConnection at " + this.source.getOrigin() + " names none of the brokers " + brokers
								+ ".",
						"Give it the name of a broker that is declared under 'messaging.broker', or no name.");
			});
		}

		private boolean isNamed(String name) {
			return this.source.accepts(name, BrokerContainerDetails.this.containerType, BrokerConnectionDetails.class);
		}

		@Override
		public String getUrl() {
			return BrokerContainerDetails.this.url.apply(getContainer());
		}

		@Override
		public @Nullable String getUser() {
			return BrokerContainerDetails.this.user.apply(getContainer());
		}

		@Override
		public @Nullable String getPassword() {
			return BrokerContainerDetails.this.password.apply(getContainer());
		}

		@Override
		public @Nullable SslBundle getSslBundle() {
			return super.getSslBundle();
		}

	}

}
