package org.activemessaging.broker.rabbitmq;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.jms.admin.RMQConnectionFactory;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.Tls;
import org.activemessaging.broker.facade.FacadeConnectionFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Connects to RabbitMQ by AMQP 0-9-1, without the client's own recovery.
 */
final class RabbitMqConnectionFactory extends FacadeConnectionFactory {

	private final Topology.Known known = new Topology.Known();

	private final ConnectionFactory factory;

	private final List<Address> hosts;

	private final BrokerProfile profile;

	private final RabbitMqOptions options;

	private RabbitMqConnectionFactory(BrokerProfile profile, ConnectionFactory factory, RabbitMqUrl url) {
		this.factory = factory;
		this.hosts = url.hosts();
		this.profile = profile;
		this.options = RabbitMqOptions.read(profile, factory);
		int timeout = Math.toIntExact(Math.min(Integer.MAX_VALUE, profile.publishTimeout().toMillis()));
		factory.setVirtualHost(url.virtualHost());
		factory.setConnectionTimeout(timeout);
		factory.setHandshakeTimeout(timeout);
		factory.setChannelRpcTimeout(timeout);
		factory.setShutdownTimeout(Math.min(timeout, 3000));
		factory.setAutomaticRecoveryEnabled(false);
		factory.setTopologyRecoveryEnabled(false);
		// What arrives is only put into a queue, which the reading thread itself can do.
		factory.setExceptionHandler(new QuietExceptionHandler());
		factory.setSharedExecutor(new DirectExecutor());
		factory.setHeartbeatExecutor(heartbeats(profile));
		Map<String, Object> properties = new HashMap<>(factory.getClientProperties());
		properties.put("product", "ActiveMessaging");
		factory.setClientProperties(properties);
	}

	static RabbitMqConnectionFactory create(BrokerProfile profile) {
		RabbitMqUrl url;
		try {
			url = RabbitMqUrl.parse(profile.url());
		}
		catch (IllegalArgumentException ex) {
			throw new MessagingConfigurationException(
					"The value of 'messaging.broker." + profile.name() + ".url', " + profile.displayUrl()
							+ ", is not a URL of AMQP without options.",
					"Correct the URL, for example to 'amqp://localhost:5672/vhost' or 'amqps://mq1,mq2'; options"
							+ " belong under 'messaging.broker." + profile.name() + ".properties'.");
		}
		ConnectionFactory factory = new ConnectionFactory();
		String user = profile.user();
		if (user != null) {
			factory.setUsername(user);
			factory.setPassword(profile.password());
		}
		secure(profile, url, factory);
		return new RabbitMqConnectionFactory(profile, factory, url);
	}

	static @Nullable RabbitMqConnectionFactory adopt(RMQConnectionFactory original, BrokerProfile profile) {
		if (original.isSsl()) {
			// Its trust cannot be read.
			return null;
		}
		ConnectionFactory factory = new ConnectionFactory();
		factory.setUsername(original.getUsername());
		factory.setPassword(original.getPassword());
		List<Address> hosts = original.getUris().isEmpty()
				? List.of(new Address(original.getHost(), original.getPort()))
				: original.getUris()
					.stream()
					.flatMap((uri) -> RabbitMqUrl.parse(uri.replaceFirst("//[^/]*@", "//")).hosts().stream())
					.toList();
		return new RabbitMqConnectionFactory(profile, factory,
				new RabbitMqUrl(hosts, original.getVirtualHost(), false));
	}

	private static void secure(BrokerProfile profile, RabbitMqUrl url, ConnectionFactory factory) {
		Tls tls = profile.tls();
		if (tls != null && !url.tls()) {
			throw new MessagingConfigurationException(
					"The broker '" + profile.name() + "' has an SSL bundle, but its URL, " + profile.displayUrl()
							+ ", is one without TLS.",
					"Begin 'messaging.broker." + profile.name() + ".url' with 'amqps:'.");
		}
		if (!url.tls()) {
			return;
		}
		try {
			factory.useSslProtocol((tls != null) ? tls.sslContext() : SSLContext.getDefault());
			factory.enableHostnameVerification();
		}
		catch (GeneralSecurityException | IllegalStateException ex) {
			throw new MessagingConfigurationException(
					"TLS cannot be set up for broker '" + profile.name() + "': " + ex.getMessage(),
					"Correct the SSL bundle that 'messaging.broker." + profile.name() + ".ssl.bundle' names.", ex);
		}
	}

	private static ScheduledThreadPoolExecutor heartbeats(BrokerProfile profile) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(
				"messaging-heartbeat-" + profile.name() + "-");
		threads.setDaemon(true);
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, threads);
		executor.setRemoveOnCancelPolicy(true);
		executor.setKeepAliveTime(10, TimeUnit.SECONDS);
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	ConnectionFactory amqp() {
		return this.factory;
	}

	List<Address> hosts() {
		return this.hosts;
	}

	@Override
	public Connection createConnection(@Nullable String user, @Nullable String password) throws JMSException {
		ConnectionFactory connecting = this.factory;
		if (user != null) {
			connecting = this.factory.clone();
			connecting.setUsername(user);
			connecting.setPassword(password);
		}
		try {
			return new RabbitMqConnection(
					connecting.newConnection(this.hosts, this.profile.application() + ":" + this.profile.name()),
					this.options, this.known,
					Math.toIntExact(Math.min(Integer.MAX_VALUE, this.profile.publishTimeout().toMillis())));
		}
		catch (IOException | TimeoutException | RuntimeException ex) {
			throw Failures.of("No connection to " + this.profile, ex);
		}
	}

}
