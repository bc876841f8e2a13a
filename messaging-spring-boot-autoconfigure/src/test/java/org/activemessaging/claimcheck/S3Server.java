package org.activemessaging.claimcheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * As much of S3 as a store of payloads needs, for the SDK's own client: puts with a
 * checksum, gets, lists in pages and deletes of objects in one bucket.
 */
public final class S3Server implements AutoCloseable {

	private static final Pattern DELETED = Pattern.compile("<Key>([^<]*)</Key>");

	private static final int PAGE = 3;

	private final NavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

	private final String bucket;

	private final HttpServer server;

	private volatile boolean broken;

	private S3Server(String bucket) throws IOException {
		this.bucket = bucket;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	public static S3Server start(String bucket) {
		try {
			return new S3Server(bucket);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public URI endpoint() {
		return URI.create("http://localhost:" + this.server.getAddress().getPort());
	}

	public S3Client client() {
		return S3Client.builder()
			.endpointOverride(endpoint())
			.region(Region.EU_CENTRAL_1)
			.forcePathStyle(true)
			.serviceConfiguration((service) -> service.chunkedEncodingEnabled(false))
			.overrideConfiguration((override) -> override.retryStrategy((retry) -> retry.maxAttempts(1)))
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("user", "word")))
			.build();
	}

	public NavigableMap<String, byte[]> objects() {
		return this.objects;
	}

	public void breakDown() {
		this.broken = true;
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String path = exchange.getRequestURI().getPath();
			String query = String.valueOf(exchange.getRequestURI().getQuery());
			byte[] body = exchange.getRequestBody().readAllBytes();
			String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
			if (this.broken) {
				answer(exchange, 503, error("SlowDown"));
			}
			else if (!authorization.startsWith("AWS4-HMAC-SHA256 ") || !path.startsWith("/" + this.bucket)) {
				answer(exchange, 403, error("AccessDenied"));
			}
			else if (path.length() <= this.bucket.length() + 2) {
				bucket(exchange, query, new String(body, StandardCharsets.UTF_8));
			}
			else {
				object(exchange, path.substring(this.bucket.length() + 2), body);
			}
		}
	}

	private void bucket(HttpExchange exchange, String query, String body) throws IOException {
		if (exchange.getRequestMethod().equals("POST") && query.startsWith("delete")) {
			DELETED.matcher(body).results().forEach((match) -> this.objects.remove(match.group(1)));
			answer(exchange, 200, "<DeleteResult/>".getBytes(StandardCharsets.UTF_8));
			return;
		}
		StringBuilder result = new StringBuilder("<ListBucketResult>");
		String prefix = query.replaceFirst(".*prefix=([^&]*).*", "$1");
		this.objects.tailMap(prefix)
			.keySet()
			.stream()
			.filter((key) -> key.startsWith(prefix))
			.limit(PAGE)
			.forEach((key) -> result.append("<Contents><Key>").append(key).append("</Key></Contents>"));
		answer(exchange, 200, result.append("</ListBucketResult>").toString().getBytes(StandardCharsets.UTF_8));
	}

	private void object(HttpExchange exchange, String key, byte[] body) throws IOException {
		if (exchange.getRequestMethod().equals("PUT")) {
			String checksum = exchange.getRequestHeaders().getFirst("Content-MD5");
			boolean right = md5(body).equals(checksum);
			if (right) {
				this.objects.put(key, body);
			}
			answer(exchange, right ? 200 : 400, right ? new byte[0] : error("BadDigest"));
			return;
		}
		byte[] object = this.objects.get(key);
		answer(exchange, (object != null) ? 200 : 404, (object != null) ? object : error("NoSuchKey"));
	}

	private static String md5(byte[] body) {
		try {
			return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(body));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] error(String code) {
		return ("<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>")
			.getBytes(StandardCharsets.UTF_8);
	}

	private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
		exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
		exchange.getResponseBody().write(body);
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
