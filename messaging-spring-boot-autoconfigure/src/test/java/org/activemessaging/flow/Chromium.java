package org.activemessaging.flow;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A browser without a window, driven by its own protocol.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">The protocol</a>
 */
final class Chromium implements AutoCloseable {

	private static final String COMMAND = "chromium";

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

	private final List<String> errors = new CopyOnWriteArrayList<>();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final AtomicInteger ids = new AtomicInteger();

	private final Process process;

	private final WebSocket socket;

	private final String session;

	private Chromium(Path directory) throws IOException {
		this.process = new ProcessBuilder(COMMAND, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
				"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--disable-dev-shm-usage", "--hide-scrollbars", "--lang=en-GB", "--remote-debugging-port=0",
				"--user-data-dir=" + directory, "about:blank")
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("chromium.log").toFile())
			.start();
		Path port = directory.resolve("DevToolsActivePort");
		Flow.eventually().until(() -> Files.exists(port) && Files.readAllLines(port).size() == 2);
		List<String> lines = Files.readAllLines(port);
		this.socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(URI.create("ws://localhost:" + lines.get(0) + lines.get(1)), new Listener())
			.join();
		String target = send(null, "Target.createTarget", Map.of("url", "about:blank")).get("targetId").asString();
		this.session = send(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true)).get("sessionId")
			.asString();
		for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
			send(domain + ".enable", Map.of());
		}
	}

	static boolean isInstalled() {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, COMMAND)));
	}

	static Chromium start(Path directory) {
		try {
			return new Chromium(directory);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Leaves the page, and forgets what was seen until now.
	 */
	void reset() {
		send("Page.navigate", Map.of("url", "about:blank"));
		this.errors.clear();
		this.requests.clear();
	}

	/**
	 * Returns what the page has complained about: errors on its console, failures of
	 * scripts, and what its policy has blocked.
	 */
	List<String> errors() {
		return this.errors;
	}

	/**
	 * Returns the URLs of everything that was requested.
	 */
	List<String> requests() {
		return this.requests;
	}

	/**
	 * Loads a page, also if only the part behind '#' is another.
	 */
	void open(String url) {
		send("Page.navigate", Map.of("url", "about:blank"));
		send("Page.navigate", Map.of("url", url));
	}

	/**
	 * Sets the size of the window, and what the reader prefers.
	 */
	void look(int width, int height, boolean mobile, String scheme) {
		send("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", mobile ? 2 : 1, "mobile", mobile));
		send("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	/**
	 * Sets where the reader is.
	 * @param zone the time zone, or nothing for that of the machine
	 */
	void setTimeZone(String zone) {
		send("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
	}

	/**
	 * Evaluates an expression.
	 * @return its value; a missing node for undefined
	 */
	JsonNode evaluate(String expression) {
		JsonNode answer = send("Runtime.evaluate",
				Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
		if (answer.has("exceptionDetails")) {
			throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
		}
		return answer.path("result").path("value");
	}

	String text(String selector) {
		return evaluate("document.querySelector(" + quote(selector) + ")?.textContent ?? ''").asString();
	}

	int count(String selector) {
		return evaluate("document.querySelectorAll(" + quote(selector) + ").length").asInt();
	}

	/**
	 * Clicks the first visible element of a selector that contains a text.
	 */
	void click(String selector, String text) {
		Flow.eventually()
			.until(() -> evaluate("(() => { const element = [...document.querySelectorAll(" + quote(selector)
					+ ")].find((each) => each.checkVisibility() && !each.disabled && each.textContent.includes("
					+ quote(text) + ")); element?.click(); return !!element; })()")
				.asBoolean());
	}

	void type(String text) {
		send("Input.insertText", Map.of("text", text));
	}

	/**
	 * Presses a key.
	 * @param key a character, or {@code Tab}, {@code Enter} or {@code Escape}
	 */
	void press(String key) {
		Map<String, Object> down = new HashMap<>(Map.of("type", "keyDown", "key", key, "code", key));
		switch (key) {
			case "Tab" -> down.put("windowsVirtualKeyCode", 9);
			case "Enter" -> down.putAll(Map.of("windowsVirtualKeyCode", 13, "text", "\r"));
			case "Escape" -> down.put("windowsVirtualKeyCode", 27);
			default -> down.put("text", key);
		}
		send("Input.dispatchKeyEvent", down);
		send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key));
	}

	void screenshot(Path file) {
		JsonNode answer = send("Page.captureScreenshot", Map.of("format", "png"));
		try {
			Files.createDirectories(file.getParent());
			Files.write(file, Base64.getDecoder().decode(answer.get("data").asString()));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String quote(String text) {
		return this.mapper.writeValueAsString(text);
	}

	private JsonNode send(String method, Map<String, ?> parameters) {
		return send(this.session, method, parameters);
	}

	private synchronized JsonNode send(String session, String method, Map<String, ?> parameters) {
		int id = this.ids.incrementAndGet();
		CompletableFuture<JsonNode> answer = new CompletableFuture<>();
		this.answers.put(id, answer);
		Map<String, Object> request = new HashMap<>(Map.of("id", id, "method", method, "params", parameters));
		if (session != null) {
			request.put("sessionId", session);
		}
		this.socket.sendText(this.mapper.writeValueAsString(request), true).join();
		JsonNode node = answer.orTimeout(30, TimeUnit.SECONDS).join();
		if (node.has("error")) {
			throw new IllegalStateException(method + ": " + node.get("error"));
		}
		return node.path("result");
	}

	private void received(String text) {
		JsonNode message = this.mapper.readTree(text);
		if (message.has("id")) {
			CompletableFuture<JsonNode> answer = this.answers.remove(message.get("id").asInt());
			if (answer != null) {
				answer.complete(message);
			}
			return;
		}
		JsonNode parameters = message.path("params");
		switch (message.path("method").asString()) {
			case "Network.requestWillBeSent" -> this.requests.add(parameters.at("/request/url").asString());
			case "Runtime.exceptionThrown" -> this.errors.add(parameters.path("exceptionDetails").toString());
			case "Runtime.consoleAPICalled" -> {
				if (!parameters.path("type").asString().equals("log")) {
					this.errors.add(parameters.toString());
				}
			}
			case "Log.entryAdded" -> this.errors.add(parameters.path("entry").toString());
			default -> {
			}
		}
	}

	@Override
	public void close() {
		this.socket.abort();
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		ChildJvm.kill(this.process);
	}

	/**
	 * Puts messages together that come in parts.
	 */
	private final class Listener implements WebSocket.Listener {

		private final StringBuilder text = new StringBuilder();

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				received(this.text.toString());
				this.text.setLength(0);
			}
			socket.request(1);
			return null;
		}

	}

}
