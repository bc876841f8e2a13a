package org.activemessaging.flow;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console in a browser, in front of a running application and its broker.
 */
@EnabledIf(value = "org.activemessaging.flow.Chromium#isInstalled",
		disabledReason = "The command 'chromium' is not installed")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleIT {

	private static final int PHONE = 360;

	private ConsoleApplication shop;

	private Chromium browser;

	@BeforeAll
	void open(@TempDir Path directory) {
		this.shop = ConsoleApplication.shop();
		this.shop.publish("orders", 40);
		this.shop.publish("clickstream", 20);
		this.shop.publish("invoices", 3);
		this.browser = Chromium.start(directory);
		Flow.eventually()
			.until(() -> this.shop.endpoint().get("doctor").get("findings").size() == 2 && deadLetters() == 20);
	}

	@AfterAll
	void close() throws Exception {
		this.browser.close();
		this.shop.close();
	}

	@BeforeEach
	void look() {
		this.browser.look(1280, 800, false, "light");
		this.browser.reset();
	}

	@AfterEach
	void pageHasNoErrorsAndAsksNobodyElse() {
		pageHasNoErrorsAndAsksNobodyElse(this.shop);
	}

	private void pageHasNoErrorsAndAsksNobodyElse(ConsoleApplication application) {
		String endpoint = application.console().replace("/console", "");
		assertThat(this.browser.errors()).isEmpty();
		assertThat(this.browser.requests()).anyMatch((request) -> request.startsWith(endpoint + "/console/"))
			.allMatch((request) -> request.startsWith(endpoint) || request.equals("data:,"));
	}

	@Test
	void overviewShowsWhatIsThere() {
		visit("#/", "orders");
		assertThat(rows("Processors")).containsExactly("clicks", "invoices", "orders");
		assertThat(rows("Queues")).containsExactlyInAnyOrder("clickstream", "clickstream", "invoices", "orders");
		assertThat(this.browser.text(".brokers")).contains("analytics", "activemq", "up for");
		awaitText(".tile[href='#/doctor'] strong", "2");
		assertThat(this.browser.text(".tile:nth-child(3)")).contains("Dead letters");
		// The history grows while the page is open.
		Flow.eventually().until(() -> this.browser.count("path.line[d^=M]") >= 7);
	}

	@Test
	void linksLeadToEveryPage() {
		visit("#/", "orders");
		follow("table a", "clicks", "Processed per second", "RUNNING".toLowerCase());
		this.browser.click(".brand", "");
		follow("table a", "clickstream", "virtual-topic VirtualTopic.Clickstream on broker analytics", "Drained in");
		this.browser.click(".tabs button", "billing");
		awaitText("main", "Consumer.billing.VirtualTopic.Clickstream");
		follow("nav a", "Doctor", "Nobody consumes group 'billing' of destination 'clickstream'", "What helps:");
		this.browser.click(".finding a", "processor invoices");
		awaitText("main", "invoices");
		follow("nav a", "Topology", "AsyncAPI", "Publishers");
		this.browser.evaluate("document.querySelector('.graph a[href=\"#/processors/orders\"]').dispatchEvent("
				+ "new MouseEvent('click', { bubbles: true, cancelable: true }))");
		awaitText("h1", "orders");
		follow("nav a", "Operations", "Operations");
		visit("#/nowhere", "There is no such page");
	}

	@Test
	void topologyIsDrawnFromPublisherToDeadLetters() {
		visit("#/topology", "DLQ.Orders");
		assertThat(this.browser.count(".node.publisher")).isOne();
		assertThat(this.browser.count(".node.destination")).isEqualTo(4);
		assertThat(this.browser.count(".node.queue")).isEqualTo(2);
		assertThat(this.browser.count(".node.processor")).isEqualTo(3);
		assertThat(this.browser.count(".node.dead-letters.error")).isOne();
		assertThat(this.browser.count(".edge")).isGreaterThan(10);
		this.browser.evaluate("document.querySelector('input[type=search]').focus()");
		this.browser.type("invoices");
		Flow.eventually().until(() -> this.browser.count(".node.processor") == 1);
		assertThat(this.browser
			.evaluate("fetch('topology/asyncapi').then((answer) => answer.json())"
					+ ".then((document) => document.asyncapi)")
			.asString()).isEqualTo("3.0.0");
	}

	@Test
	void processorIsPausedAndGoesOn() {
		visit("#/processors/clicks", "running");
		this.browser.evaluate("document.cookie = 'XSRF-TOKEN=to%2Fken'; const real = window.fetch;"
				+ "window.fetch = (url, options) => { if (options.body) { window.sent = options.headers; }"
				+ " return real(url, options); }");
		this.browser.click("button", "Pause");
		awaitText(".title .state", "paused");
		assertThat(this.browser.evaluate("window.sent['X-XSRF-TOKEN']").asString()).isEqualTo("to/ken");
		assertThat(this.browser.text(".reason")).contains("Paused by operator");
		this.shop.publish("clickstream", 5);
		assertThat(this.shop.endpoint().get("processors/clicks").get("pausedBy").get(0).asString())
			.isEqualTo("operator");
		this.browser.click("nav a", "Doctor");
		awaitText("main", "Processor 'clicks' is paused by operator");
		visit("#/processors/clicks", "paused");
		this.browser.click("button", "Resume");
		awaitText(".title .state", "running");
		Flow.eventually()
			.until(() -> this.shop.endpoint().get("processors/clicks").get("pausedBy").isEmpty()
					&& this.shop.endpoint().get("processors/clicks").get("processed").asInt() >= 25);
		this.browser.evaluate("document.querySelector('.inline input').focus()");
		this.browser.evaluate("document.querySelector('.inline input').select()");
		this.browser.type("2-3");
		this.browser.press("Enter");
		awaitText(".facts", "of 2 to 3");
	}

	@Test
	void deadLettersOfOneCauseAreRedriven() {
		visit("#/destinations/orders", "2 causes");
		assertThat(this.browser.count("details.cause")).isEqualTo(2);
		this.browser.click(".cause summary", "IllegalArgumentException");
		assertThat(this.browser.text(".cause[open]")).contains("No price", "ConsoleApplication$Shop.order");
		this.shop.repair();
		this.browser.click(".cause[open] button", "Redrive these");
		awaitText(".sentence", "10 messages would be taken. Nothing was changed.");
		assertThat(deadLetters()).isEqualTo(20);
		enter("stages", "1,3");
		enter("rate", "8/s");
		assertThat(this.browser.count("dialog button.main:disabled")).as("what was not counted is not done").isOne();
		this.browser.click("dialog button", "What would be done?");
		this.browser.evaluate("window.seen = new Set(); new MutationObserver(() => window.seen.add(document"
				+ ".querySelector('dialog .progress')?.textContent)).observe(document.querySelector('dialog'),"
				+ " { childList: true, subtree: true })");
		this.browser.click("dialog button.main", "Redrive");
		awaitText(".sentence", "Done: 10 messages.");
		Flow.eventually().until(() -> this.browser.text("dialog .facts").contains("Succeeded10"));
		assertThat(this.browser.evaluate("[...window.seen]").valueStream().map(JsonNode::asString))
			.as("what was shown meanwhile")
			.anyMatch((text) -> text.contains("At work: ") && text.contains("Stage 2 of 3 (3)"))
			.allMatch((text) -> !text.contains("At work: ") || text.contains(" of 10 messages."));
		assertThat(this.browser.text("dialog .stages")).isEqualTo("Stage 3 of 3 (the rest)");
		this.browser.press("Escape");
		Flow.eventually().until(() -> this.browser.count("details.cause") == 1);
		assertThat(deadLetters()).isEqualTo(10);
		this.browser.click("nav a", "Operations");
		awaitText("main", "redrive orders");
	}

	@Test
	void whatMessagesContainStaysText() {
		String markup = "<img src=x onerror=\"document.title='taken'\">";
		this.shop.publish("invoices", markup);
		visit("#/destinations/invoices", "Messages");
		this.browser.click("button", "Look");
		Flow.eventually().until(() -> this.browser.count(".messages > li") == 4);
		this.browser.click(".messages summary", "");
		assertThat(this.browser.text(".messages")).contains(markup);
		assertThat(this.browser.count(".messages img")).isZero();
		this.browser.click("button", "Purge");
		awaitText(".sentence", "4 messages would be taken");
		this.browser.press("Escape");
		Flow.eventually().until(() -> this.browser.count("dialog") == 0);
	}

	@Test
	void thousandDestinationsAreAsQuickAsTen() throws Exception {
		try (ConsoleApplication large = ConsoleApplication.largeShop(1000)) {
			this.browser.reset();
			this.browser.open(large.console() + "#/");
			Flow.eventually().atMost(Duration.ofSeconds(10)).until(() -> this.browser.count("tbody tr") > 20);
			assertThat(this.browser.count("tbody tr")).isLessThan(100);
			assertThat(this.browser.text("section:last-child .shown")).isEqualTo("1004");
			this.browser.evaluate("scrollTo(0, document.body.scrollHeight)");
			awaitText("table[aria-label=Queues] tr:nth-last-child(2)", "shelf-999");
			assertThat(this.browser.count("tbody tr")).isLessThan(100);
			this.browser.press("/");
			this.browser.type("shelf-77");
			Flow.eventually().until(() -> this.browser.text("section:last-child .shown").equals("11 of 1004"));
			this.browser.open(large.console() + "#/processors/clicks");
			awaitText("main", "running");
			assertThat(this.browser.count(".controls button:disabled")).as("where the endpoint only reads")
				.isEqualTo(this.browser.count(".controls button"));
			pageHasNoErrorsAndAsksNobodyElse(large);
		}
		this.browser.reset();
		visit("#/", "orders");
	}

	@Test
	void timesAreThoseOfTheReader() {
		this.browser.setTimeZone("Asia/Tokyo");
		try {
			visit("#/doctor", "Looked at");
			String time = this.shop.endpoint().get("doctor").at("/findings/0/since").asString();
			String expected = this.browser
				.evaluate("new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', timeZone: 'Asia/Tokyo' })"
						+ ".format(new Date('" + time + "'))")
				.asString();
			assertThat(this.browser.text(".finding time")).endsWith(expected);
		}
		finally {
			this.browser.setTimeZone("");
		}
	}

	@Test
	void keyboardIsEnough() {
		visit("#/", "orders");
		this.browser.press("Tab");
		assertThat(focused()).contains("Skip to the content");
		this.browser.press("Enter");
		assertThat(this.browser.evaluate("document.activeElement.id").asString()).isEqualTo("main");
		for (int i = 0; i < 30 && !focused().equals("invoices"); i++) {
			this.browser.press("Tab");
			assertThat(this.browser.evaluate("getComputedStyle(document.activeElement).outlineStyle").asString())
				.as("focus on " + focused())
				.isNotEqualTo("none");
		}
		this.browser.press("Enter");
		awaitText("h1", "invoices");
		assertThat(this.browser.evaluate("document.activeElement.id").asString()).isEqualTo("main");
	}

	@ParameterizedTest
	@ValueSource(strings = { "#/", "#/destinations/orders", "#/processors/orders", "#/doctor", "#/topology",
			"#/operations" })
	void pageFitsOnAPhone(String page) {
		this.browser.look(PHONE, 740, true, "dark");
		visit(page, "o");
		Flow.eventually()
			.untilAsserted(() -> assertThat(this.browser.evaluate("document.documentElement.scrollWidth").asInt())
				.isEqualTo(PHONE));
		assertThat(this.browser
			.evaluate("[...document.querySelectorAll('.page *')].filter((each) => each.checkVisibility()"
					+ " && !each.closest('.graphs, pre, .hidden, thead') && each.getBoundingClientRect().right > "
					+ PHONE + ").map((each) => each.outerHTML.slice(0, 100))")
			.toString()).isEqualTo("[]");
		assertThat(this.browser.evaluate("getComputedStyle(document.body).backgroundColor").asString())
			.isNotEqualTo("rgb(255, 255, 255)");
	}

	private void visit(String page, String text) {
		this.browser.open(this.shop.console() + page);
		awaitText("main", text);
	}

	private void follow(String selector, String link, String... texts) {
		this.browser.click(selector, link);
		for (String text : texts) {
			awaitText("main", text);
		}
	}

	private void enter(String field, String text) {
		this.browser.evaluate("document.querySelector('dialog input[name=" + field + "]').focus()");
		this.browser.type(text);
	}

	private void awaitText(String selector, String text) {
		Flow.eventually().untilAsserted(() -> assertThat(this.browser.text(selector)).contains(text));
	}

	private int deadLetters() {
		return this.shop.endpoint().get("destinations/orders").at("/queues/0/deadLetters/depth").asInt();
	}

	private String focused() {
		return this.browser.evaluate("document.activeElement.textContent").asString();
	}

	private List<String> rows(String table) {
		return this.browser
			.evaluate("[...document.querySelectorAll('table[aria-label=" + table
					+ "] tbody tr:not(.space) td:first-child')].map((cell) => cell.textContent)")
			.valueStream()
			.map(JsonNode::asString)
			.toList();
	}

}
