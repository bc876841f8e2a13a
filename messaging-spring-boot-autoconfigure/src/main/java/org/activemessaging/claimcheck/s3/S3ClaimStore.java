package org.activemessaging.claimcheck.s3;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.activemessaging.claimcheck.ClaimKey;
import org.activemessaging.claimcheck.ClaimStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A store in one bucket: an object for each payload, by the day and the key. Needs the
 * permissions to put, get, list and delete the objects of its prefix.
 *
 * @since 0.1.0
 */
public final class S3ClaimStore implements ClaimStore, AutoCloseable {

	private final S3Client client;

	private final String bucket;

	private final String prefix;

	private final boolean closesClient;

	/**
	 * Creates a store.
	 * @param client the client
	 * @param bucket the name of the bucket
	 * @param prefix what the keys of all objects begin with
	 * @param closesClient whether the client belongs to the store
	 */
	public S3ClaimStore(S3Client client, String bucket, String prefix, boolean closesClient) {
		this.client = client;
		this.bucket = bucket;
		this.prefix = prefix;
		this.closesClient = closesClient;
	}

	@Override
	public void put(ClaimKey key, byte[] payload) throws IOException {
		try {
			this.client.putObject((request) -> request.bucket(this.bucket)
				.key(object(key))
				.contentType("application/octet-stream")
				.contentMD5(digest(payload)), RequestBody.fromBytes(payload));
		}
		catch (SdkException ex) {
			throw failed("keep", key, ex);
		}
	}

	// So the store itself refuses what has changed on its way. Compatible services do not
	// all know better digests; the message has one.
	private static String digest(byte[] payload) {
		try {
			return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(payload));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has MD5", ex);
		}
	}

	@Override
	public byte @Nullable [] get(ClaimKey key, int maxLength) throws IOException {
		try (ResponseInputStream<GetObjectResponse> object = this.client
			.getObject((request) -> request.bucket(this.bucket).key(object(key)))) {
			byte[] payload = object.readNBytes(maxLength);
			if (object.read() < 0) {
				return payload;
			}
			object.abort();
			return new byte[0];
		}
		catch (NoSuchKeyException ex) {
			return null;
		}
		catch (SdkException ex) {
			throw failed("give", key, ex);
		}
	}

	// Keys begin with the day, and are listed in their order: the oldest come first.
	@Override
	public int removeBefore(LocalDate day) throws IOException {
		String first = this.prefix + day;
		int removed = 0;
		try {
			while (true) {
				ListObjectsV2Response page = this.client
					.listObjectsV2((request) -> request.bucket(this.bucket).prefix(this.prefix));
				List<ObjectIdentifier> old = old(page, first);
				if (old.isEmpty()) {
					return removed;
				}
				removed += delete(old);
			}
		}
		catch (SdkException ex) {
			throw new IOException("Bucket '" + this.bucket + "' cannot be cleaned up: " + ex.getMessage(), ex);
		}
	}

	private List<ObjectIdentifier> old(ListObjectsV2Response page, String first) {
		List<ObjectIdentifier> old = new ArrayList<>();
		for (S3Object object : page.contents()) {
			if (isOurs(object.key()) && object.key().compareTo(first) < 0) {
				old.add(ObjectIdentifier.builder().key(object.key()).build());
			}
		}
		return old;
	}

	private boolean isOurs(String key) {
		return key.substring(this.prefix.length()).matches("\\d{4}-\\d{2}-\\d{2}/[0-9a-f-]{36}");
	}

	// What cannot be deleted would be listed again and again.
	private int delete(List<ObjectIdentifier> objects) throws IOException {
		var response = this.client
			.deleteObjects((request) -> request.bucket(this.bucket).delete((delete) -> delete.objects(objects)));
		if (response.hasErrors() && !response.errors().isEmpty()) {
			throw new IOException("Bucket '" + this.bucket + "' keeps " + response.errors().size()
					+ " payloads that are too old: " + response.errors().get(0).message());
		}
		return objects.size();
	}

	private String object(ClaimKey key) {
		return this.prefix + key.day() + "/" + key;
	}

	private IOException failed(String what, ClaimKey key, SdkException failure) {
		return new IOException(
				"Bucket '" + this.bucket + "' does not " + what + " the payload " + key + ": " + failure.getMessage(),
				failure);
	}

	@Override
	public void close() {
		if (this.closesClient) {
			this.client.close();
		}
	}

}
