package org.activemessaging.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.autoconfigure.ClaimCheckProperties.S3Properties;
import org.activemessaging.claimcheck.ClaimCleanup;
import org.activemessaging.claimcheck.ClaimStore;
import org.activemessaging.claimcheck.FolderClaimStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

/**
 * The store of large payloads.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("messaging.filter.claim-check.enabled")
class ClaimCheckConfiguration {

	private static final String PREFIX = "messaging.filter.claim-check.";

	@Bean
	@ConditionalOnMissingBean
	ClaimStore messagingClaimStore(MessagingProperties properties, ObjectProvider<S3ClaimStoreFactory> s3) {
		ClaimCheckProperties claimCheck = properties.filter().claimCheck();
		Path folder = claimCheck.folder();
		boolean bucket = StringUtils.hasText(claimCheck.s3().bucket());
		if ((folder != null) == bucket) {
			throw new MessagingConfigurationException(
					"The claim check is switched on ('" + PREFIX + "enabled'), but "
							+ ((folder != null) ? "both '" : "neither '") + PREFIX + "folder' "
							+ ((folder != null) ? "and '" : "nor '") + PREFIX + "s3.bucket' is set.",
					"Set one of '" + PREFIX + "folder' and '" + PREFIX
							+ "s3.bucket', or declare a bean of type ClaimStore.");
		}
		return (folder != null) ? open(folder) : s3(claimCheck.s3(), s3);
	}

	private static ClaimStore open(Path folder) {
		try {
			return FolderClaimStore.open(folder);
		}
		catch (IOException ex) {
			throw new MessagingConfigurationException(
					"The folder of the claim check cannot be used ('" + PREFIX + "folder'): " + ex + ".",
					"Make the folder writable for this application, or correct '" + PREFIX + "folder'.", ex);
		}
	}

	private static ClaimStore s3(S3Properties properties, ObjectProvider<S3ClaimStoreFactory> factory) {
		return factory.getIfAvailable(() -> {
			throw new MessagingConfigurationException(
					"A bucket is configured for the claim check ('" + PREFIX
							+ "s3.bucket'), but the client of S3 is not on the class path.",
					"Add the dependency 'software.amazon.awssdk:s3', or set '" + PREFIX + "folder' instead."
							+ Adapters.BOM);
		}).create(properties);
	}

	@Bean(initMethod = "start", destroyMethod = "close")
	ClaimCleanup messagingClaimCleanup(MessagingProperties properties, ClaimStore store) {
		ClaimCheckProperties claimCheck = properties.filter().claimCheck();
		Checks.range(PREFIX + "threshold", claimCheck.threshold().toBytes(), 1, Integer.MAX_VALUE);
		Checks.positive(PREFIX + "cleanup-interval", claimCheck.cleanupInterval());
		Duration retention = claimCheck.retention();
		if (!retention.isZero()) {
			Checks.positive(PREFIX + "retention", retention);
		}
		return new ClaimCleanup(store, retention, claimCheck.cleanupInterval(), Clock.systemUTC());
	}

}
