package org.activemessaging.samples.voyeur.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a Voyeur process.
 */
public final class VoyeurClient {

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	private final int port;

	public VoyeurClient(int port) {
		this.port = port;
	}

	/**
	 * Asks for a page.
	 * @param uri its path and query
	 * @param cookie the cookie of the visitor
	 * @return the answer
	 * @throws IOException if there was none
	 */
	HttpResponse<String> get(String uri, String cookie) throws IOException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + uri))
			.timeout(Duration.ofSeconds(20))
			.header("Cookie", cookie)
			.build();
		try {
			return this.client.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	/**
	 * Sends JSON.
	 * @param uri where to
	 * @param json what
	 * @return the status of the answer
	 */
	public int post(String uri, String json) {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + uri))
			.timeout(Duration.ofSeconds(20))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json))
			.build();
		try {
			return this.client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	public boolean isUp() {
		return read("/actuator/health").path("status").asString("").equals("UP");
	}

	/**
	 * Reads how many clicks the first group has stored.
	 * @return the number, or -1 when there is no answer
	 */
	public long clicks() {
		return read("/voyeur/data").at("/streams/0/stored").asLong(-1);
	}

	/**
	 * Reads how many clicks the second group has stored.
	 * @return the number, or -1 when there is no answer
	 */
	public long trends() {
		return read("/voyeur/data").at("/streams/0/second").asLong(-1);
	}

	private JsonNode read(String uri) {
		try {
			return JsonMapper.shared().readTree(get(uri, "none=none").body());
		}
		catch (IOException ex) {
			return JsonMapper.shared().createObjectNode();
		}
	}

}
