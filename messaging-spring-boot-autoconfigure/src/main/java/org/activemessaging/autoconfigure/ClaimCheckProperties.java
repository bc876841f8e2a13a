package org.activemessaging.autoconfigure;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Keeping large payloads in a store.
 *
 * @param enabled Whether large payloads are kept in a store, and messages carry a
 * reference to them.
 * @param threshold From which size on payloads are kept in the store.
 * @param folder Folder of the store, shared by all applications.
 * @param s3 Bucket of the store, instead of a folder.
 * @param retention How long payloads are kept at least. Longer than the oldest dead
 * letter that is to be redriven; 0 for ever.
 * @param cleanupInterval How often older payloads are removed.
 * @param only Comma-separated list of the destinations to which alone references are
 * published. By default all.
 * @param except Comma-separated list of the destinations to which no references are
 * published.
 * @since 0.1.0
 */
public record ClaimCheckProperties(@DefaultValue("false") boolean enabled, @DefaultValue("256KB") DataSize threshold,
		@Nullable Path folder, @DefaultValue S3Properties s3, @DefaultValue("30d") Duration retention,
		@DefaultValue("1h") Duration cleanupInterval, @DefaultValue List<String> only,
		@DefaultValue List<String> except) {

	/**
	 * Bucket of the store.
	 *
	 * @param bucket Name of the bucket.
	 * @param prefix What the names of all objects begin with.
	 * @param region Region of the bucket. By default where the SDK finds it.
	 * @param endpoint URL of an S3-compatible service. By default Amazon's.
	 * @param pathStyle Whether the bucket is in the path of the URL instead of the host
	 * name, as most S3-compatible services want it.
	 */
	public record S3Properties(@Nullable String bucket, @DefaultValue("claims/") String prefix, @Nullable String region,
			@Nullable URI endpoint, @DefaultValue("false") boolean pathStyle) {
	}

}
