package org.activemessaging.broker.sqs;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;

import jakarta.jms.JMSException;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.Tls;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.SdkHttpService;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The client of all connections of a broker, from the first one to the last, and what
 * they know together.
 */
final class SqsService {

	// A request for messages keeps one for as long as it waits.
	private static final int MOST_CONNECTIONS = 1000;

	private static final Duration LONGEST_CONNECTING = Duration.ofSeconds(3);

	// Bounded: a message that was given back may come again to another instance.
	private static final int MOST_REMEMBERED = 10_000;

	private final Map<String, Integer> unseen = Collections.synchronizedMap(new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
			return size() > MOST_REMEMBERED;
		}

	});

	private final BrokerProfile profile;

	private final SqsSettings settings;

	private final List<ExecutionInterceptor> interceptors;

	private final SqsQueues queues;

	private @Nullable SqsClient client;

	private @Nullable SdkHttpClient http;

	private int users;

	/**
	 * Creates the service, which makes its client when the first one uses it.
	 * @param profile the broker
	 * @param settings what the profile says
	 * @param interceptors what sees each request
	 */
	SqsService(BrokerProfile profile, SqsSettings settings, List<ExecutionInterceptor> interceptors) {
		this.profile = profile;
		this.settings = settings;
		this.interceptors = interceptors;
		this.queues = new SqsQueues(this);
	}

	BrokerProfile profile() {
		return this.profile;
	}

	SqsSettings settings() {
		return this.settings;
	}

	SqsQueues queues() {
		return this.queues;
	}

	synchronized void acquire() {
		if (this.users == 0) {
			SdkHttpClient opened = httpClient();
			this.http = opened;
			this.client = client(opened);
		}
		this.users++;
	}

	synchronized void release() {
		this.users--;
		SqsClient current = this.client;
		SdkHttpClient opened = this.http;
		if (this.users == 0 && current != null && opened != null) {
			current.close();
			opened.close();
			this.client = null;
			this.http = null;
		}
	}

	/**
	 * Returns the client, which somebody has to be using.
	 */
	synchronized SqsClient client() throws JMSException {
		SqsClient current = this.client;
		if (current == null) {
			throw new jakarta.jms.IllegalStateException("The connection to " + this.profile + " is closed");
		}
		return current;
	}

	private SqsClient client(SdkHttpClient opened) {
		SqsClientBuilder builder = SqsClient.builder()
			.region(Region.of(this.settings.region()))
			.credentialsProvider(credentials())
			.httpClient(opened)
			.overrideConfiguration((configuration) -> {
				configuration.retryStrategy(RetryMode.STANDARD).apiCallTimeout(this.profile.publishTimeout());
				this.interceptors.forEach(configuration::addExecutionInterceptor);
			});
		if (this.settings.endpoint() != null) {
			builder.endpointOverride(this.settings.endpoint());
		}
		return builder.build();
	}

	private AwsCredentialsProvider credentials() {
		String user = this.profile.user();
		String password = this.profile.password();
		if (user != null && password != null) {
			return StaticCredentialsProvider.create(AwsBasicCredentials.create(user, password));
		}
		// Credentials that were found somewhere are not for an endpoint without TLS.
		return this.settings.isPlain() ? AnonymousCredentialsProvider.create() : DefaultCredentialsProvider.create();
	}

	// Whichever client is on the class path: all of them know these options.
	private SdkHttpClient httpClient() {
		Duration timeout = this.profile.publishTimeout();
		AttributeMap.Builder options = AttributeMap.builder()
			.put(SdkHttpConfigurationOption.MAX_CONNECTIONS, MOST_CONNECTIONS)
			.put(SdkHttpConfigurationOption.CONNECTION_TIMEOUT,
					(timeout.compareTo(LONGEST_CONNECTING) < 0) ? timeout : LONGEST_CONNECTING)
			.put(SdkHttpConfigurationOption.READ_TIMEOUT, timeout.plus(this.settings.waitTime()));
		Tls tls = this.profile.tls();
		if (tls != null) {
			options.put(SdkHttpConfigurationOption.TLS_TRUST_MANAGERS_PROVIDER, tls::trustManagers);
			options.put(SdkHttpConfigurationOption.TLS_KEY_MANAGERS_PROVIDER, tls::keyManagers);
		}
		return ServiceLoader.load(SdkHttpService.class, SdkHttpService.class.getClassLoader())
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					"There is no HTTP client of the AWS SDK; add the dependency 'software.amazon.awssdk:apache-client'"))
			.createHttpClientBuilder()
			.buildWithDefaults(options.build());
	}

	/**
	 * Asks the service something.
	 * @param <T> the type of the answer
	 * @param what what is done, for the text of a failure
	 * @param call the request
	 * @return the answer
	 * @throws JMSException if there is none
	 */
	<T> T ask(String what, Supplier<T> call) throws JMSException {
		try {
			return call.get();
		}
		catch (SdkException ex) {
			throw SqsFailures.translate(what, ex);
		}
		catch (IllegalStateException ex) {
			// The HTTP client was closed while the request was on its way.
			JMSException closed = new jakarta.jms.IllegalStateException(what + ": the connection is closed");
			closed.initCause(ex);
			throw closed;
		}
	}

	/**
	 * Notes that a message was handed out by the service and given back without anybody
	 * having seen it.
	 */
	void unseen(SqsLease lease) {
		this.unseen.merge(lease.messageId(), 1, Integer::sum);
	}

	int timesUnseen(String messageId) {
		return this.unseen.isEmpty() ? 0 : this.unseen.getOrDefault(messageId, 0);
	}

	void forget(SqsLease lease) {
		if (!this.unseen.isEmpty()) {
			this.unseen.remove(lease.messageId());
		}
	}

}
