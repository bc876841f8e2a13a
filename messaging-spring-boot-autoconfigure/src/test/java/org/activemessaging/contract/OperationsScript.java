package org.activemessaging.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.activemessaging.flow.EndpointClient;
import org.activemessaging.flow.Flow;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The script of {@code docs/operations.md}: its calls by the word behind each.
 */
final class OperationsScript {

	private static final Path PAGE = Path.of("../docs/operations.md");

	private static final Pattern CALL = Pattern
		.compile("curl (?:-H \"\\$JSON\" -d '(.*)' )?\"?\\$URL/([^\\s\"]+)\"?\\s+# ([a-z ]+)");

	private final Map<String, String> variables = new LinkedHashMap<>();

	private final List<String> left = new ArrayList<>();

	private final Map<String, Matcher> calls = new LinkedHashMap<>();

	private final EndpointClient endpoint;

	private final String destination;

	OperationsScript(EndpointClient endpoint, String destination) throws IOException {
		this.endpoint = endpoint;
		this.destination = destination;
		Matcher call = CALL.matcher(Files.readString(PAGE));
		while (call.find()) {
			Matcher one = CALL.matcher(call.group());
			assertThat(one.matches()).isTrue();
			this.calls.put(one.group(3), one);
			this.left.add(one.group(3));
		}
	}

	/**
	 * Runs the next call.
	 * @param name the word behind it
	 */
	JsonNode call(String name) {
		assertThat(this.left.remove(0)).isEqualTo(name);
		return again(name);
	}

	JsonNode again(String name) {
		Matcher call = this.calls.get(name);
		String path = fill(call.group(2)).replace("processors/orders", "processors/" + Recorder.ID)
			.replace("destinations/orders", "destinations/" + this.destination);
		return (call.group(1) == null) ? this.endpoint.get(path) : this.endpoint.post(path, fill(call.group(1)));
	}

	/**
	 * Runs the next call, which is an operation, and waits for its end.
	 */
	JsonNode operate(String name) {
		String id = call(name).get("id").asString();
		set("ID", id);
		Flow.eventually().until(() -> !state(id).equals("RUNNING"));
		return this.endpoint.get("operations/" + id);
	}

	private String state(String id) {
		return this.endpoint.get("operations/" + id).get("state").asString();
	}

	JsonNode receipt(JsonNode operation) {
		return this.endpoint.get("operations/" + operation.get("id").asString());
	}

	void set(String variable, String value) {
		this.variables.put(variable, value);
	}

	void assertAllDone() {
		assertThat(this.left).isEmpty();
	}

	private String fill(String text) {
		String filled = text;
		for (Map.Entry<String, String> variable : this.variables.entrySet()) {
			filled = filled.replace("'$" + variable.getKey() + "'", variable.getValue())
				.replace("$" + variable.getKey(), variable.getValue());
		}
		return filled;
	}

}
