package org.activemessaging.samples.transcoder.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A visitor of the site, who has the page open.
 */
public final class SiteClient {

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	private final List<JsonNode> events = new CopyOnWriteArrayList<>();

	private final String site;

	public SiteClient(int port) {
		this.site = "http://localhost:" + port;
	}

	/**
	 * Uploads a file as the page does.
	 * @param file the file
	 * @param title the title
	 * @return the status of the answer
	 */
	public int upload(Path file, String title) throws IOException {
		String boundary = "3d6b6a416f9b";
		byte[] start = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n" + title
				+ "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
				+ file.getFileName() + "\"\r\nContent-Type: video/mp4\r\n\r\n")
			.getBytes();
		byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes();
		return send(request("/videos").header("Content-Type", "multipart/form-data; boundary=" + boundary)
			.POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(start, Files.readAllBytes(file), end)))
			.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
	}

	/**
	 * Asks for something.
	 * @param path its path
	 * @param headers names and values of headers
	 * @return the answer
	 */
	public HttpResponse<byte[]> get(String path, String... headers) throws IOException {
		HttpRequest.Builder request = request(path);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
	}

	public int post(String path) throws IOException {
		return send(request(path).POST(HttpRequest.BodyPublishers.noBody()).build(),
				HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

	public JsonNode read(String path) throws IOException {
		return JsonMapper.shared().readTree(get(path).body());
	}

	public boolean isUp() {
		try {
			return read("/actuator/health").path("status").asString("").equals("UP");
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Listens to the progress from now on.
	 * @return completes when the stream ends
	 */
	public CompletableFuture<Void> listen() throws IOException {
		HttpResponse<Stream<String>> response = send(HttpRequest.newBuilder(URI.create(this.site + "/events")).build(),
				HttpResponse.BodyHandlers.ofLines());
		return CompletableFuture.runAsync(() -> response.body()
			.filter((line) -> line.startsWith("data:"))
			.forEach((line) -> this.events.add(JsonMapper.shared().readTree(line.substring(5)))));
	}

	/**
	 * Returns what the stream has told.
	 * @return the events, in their order
	 */
	public List<JsonNode> events() {
		return this.events;
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.site + path)).timeout(Duration.ofSeconds(20));
	}

	private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
		try {
			return this.client.send(request, handler);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

}
