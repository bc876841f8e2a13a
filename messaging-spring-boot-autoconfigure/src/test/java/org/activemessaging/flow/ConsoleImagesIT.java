package org.activemessaging.flow;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the pictures of the documentation.
 */
@EnabledIfSystemProperty(named = "console.images", matches = "true",
		disabledReason = "Pictures are made on request, by '-Dconsole.images=true'")
@EnabledIf("org.activemessaging.flow.Chromium#isInstalled")
class ConsoleImagesIT {

	private static final Path IMAGES = Path.of("..", "docs", "images");

	@Test
	void picturesOfTheDocumentation(@TempDir Path directory) throws Exception {
		try (ConsoleApplication shop = ConsoleApplication.shop(); Chromium browser = Chromium.start(directory)) {
			browser.look(1280, 800, false, "light");
			browser.open(shop.console());
			shop.publish("invoices", 3);
			shop.trade(Duration.ofMinutes(2));
			picture(browser, shop, "#/", "orders", "console-overview");
			browser.look(1280, 600, false, "light");
			picture(browser, shop, "#/doctor", "What helps", "console-doctor");
			browser.look(1280, 480, false, "light");
			picture(browser, shop, "#/topology", "DLQ.Orders", "console-topology");
			browser.look(1280, 800, false, "light");
			picture(browser, shop, "#/processors/orders", "Last failure", "console-processor");
			browser.look(1280, 1100, false, "light");
			browser.open(shop.console() + "#/destinations/orders");
			browser.click(".cause summary", "IllegalArgumentException");
			take(browser, "console-destination");
			browser.look(1280, 800, false, "light");
			shop.repair();
			browser.click(".cause[open] button", "Redrive these");
			browser.evaluate("document.querySelector('dialog input[name=rate]').focus()");
			browser.type("8/s");
			browser.press("Enter");
			browser.click("dialog button.main", "Redrive");
			Flow.eventually().until(() -> browser.text("dialog .stages").contains("Stage 3"));
			take(browser, "console-redrive");
			browser.look(390, 844, true, "dark");
			picture(browser, shop, "#/", "orders", "console-phone");
		}
	}

	private static void picture(Chromium browser, ConsoleApplication shop, String page, String text, String name) {
		browser.open(shop.console() + page);
		Flow.eventually().until(() -> browser.text("main").contains(text));
		take(browser, name);
	}

	private static void take(Chromium browser, String name) {
		Flow.work(Duration.ofSeconds(1));
		browser.screenshot(IMAGES.resolve(name + ".png"));
	}

}
