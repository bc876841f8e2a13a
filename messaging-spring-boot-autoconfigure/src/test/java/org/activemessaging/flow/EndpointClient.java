package org.activemessaging.flow;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Calls the endpoint as {@code curl} does.
 */
public final class EndpointClient {

	private static final Set<String> ENDED = Set.of("DONE", "STOPPED", "CANCELLED", "FAILED", "DRY_RUN");

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final String url;

	public EndpointClient(ConfigurableApplicationContext context) {
		this("http://localhost:" + context.getEnvironment().getProperty("local.server.port") + "/actuator/messaging");
	}

	EndpointClient(String url) {
		this.url = url;
	}

	public JsonNode get(String path) {
		return json(send("GET", path, null), 200);
	}

	public JsonNode get(String path, int status) {
		return json(send("GET", path, null), status);
	}

	/**
	 * Posts a body, in which quotes may be single ones.
	 */
	public JsonNode post(String path, String body) {
		return post(path, body, 200);
	}

	public JsonNode post(String path, String body, int status) {
		return json(send("POST", path, body.replace('\'', '"')), status);
	}

	/**
	 * Begins an operation and waits for its end.
	 */
	public JsonNode operate(String path, String body) {
		JsonNode operation = post(path, body);
		String id = operation.get("id").asString();
		if (ENDED.contains(operation.get("state").asString())) {
			return operation;
		}
		Flow.eventually()
			.atMost(Duration.ofSeconds(60))
			.until(() -> ENDED.contains(get("operations/" + id).get("state").asString()));
		return get("operations/" + id);
	}

	private JsonNode json(HttpResponse<String> response, int status) {
		if (response.statusCode() != status) {
			throw new AssertionError(response + ": " + response.body());
		}
		return this.mapper.readTree(response.body());
	}

	public HttpResponse<String> send(String method, String path, String body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + (path.isEmpty() ? "" : "/" + path)))
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody());
		if (body != null) {
			request.header("Content-Type", "application/json");
		}
		return Http.send(request);
	}

}
