package org.activemessaging.autoconfigure;

import java.net.URI;
import java.time.Duration;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.autoconfigure.ClaimCheckProperties.S3Properties;
import org.activemessaging.claimcheck.s3.S3ClaimStore;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The store of large payloads in a bucket.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(S3Client.class)
@ConditionalOnBooleanProperty("messaging.filter.claim-check.enabled")
class S3ClaimStoreConfiguration {

	private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(20);

	private static final Duration TIMEOUT = Duration.ofMinutes(1);

	@Bean
	S3ClaimStoreFactory messagingS3ClaimStoreFactory(ObjectProvider<S3Client> client) {
		return (properties) -> {
			S3Client own = client.getIfUnique();
			return new S3ClaimStore((own != null) ? own : client(properties), String.valueOf(properties.bucket()),
					properties.prefix(), own == null);
		};
	}

	private static S3Client client(S3Properties properties) {
		S3ClientBuilder builder = S3Client.builder()
			.forcePathStyle(properties.pathStyle())
			// Not every compatible service understands the SDK's own chunks.
			.serviceConfiguration((service) -> service.chunkedEncodingEnabled(false))
			.overrideConfiguration(
					(override) -> override.apiCallTimeout(TIMEOUT).apiCallAttemptTimeout(ATTEMPT_TIMEOUT));
		URI endpoint = properties.endpoint();
		if (endpoint != null) {
			builder.endpointOverride(endpoint(endpoint));
		}
		if (properties.region() != null) {
			builder.region(Region.of(properties.region()));
		}
		try {
			return builder.build();
		}
		catch (RuntimeException ex) {
			throw new MessagingConfigurationException(
					"The client of S3 for the claim check cannot be made: " + ex.getMessage() + ".",
					"Set 'messaging.filter.claim-check.s3.region', or declare a bean of type S3Client.", ex);
		}
	}

	private static URI endpoint(URI endpoint) {
		if (endpoint.getScheme() == null || endpoint.getHost() == null || endpoint.getRawUserInfo() != null) {
			throw new MessagingConfigurationException(
					"The property 'messaging.filter.claim-check.s3.endpoint' is no URL of a service without credentials.",
					"Correct 'messaging.filter.claim-check.s3.endpoint', for example to 'https://minio.example.com'.");
		}
		return endpoint;
	}

}
