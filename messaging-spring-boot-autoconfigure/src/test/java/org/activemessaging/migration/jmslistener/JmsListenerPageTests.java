package org.activemessaging.migration.jmslistener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.migration.MigrationPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page for those who come from {@code @JmsListener}.
 */
class JmsListenerPageTests {

	private final MigrationPage page = new MigrationPage("migrate-from-jms-listener.md", getClass());

	@ParameterizedTest
	@ValueSource(strings = { "OrderProcessor", "OrderDesk" })
	void pagePrintsWhatIsCompiled(String type) {
		this.page.assertPrints(type);
	}

	@Test
	void ordersThatTheSelectorTakesBecomeInvoices() {
		this.page.application("ssl://mq:61617").run((context) -> {
			OrderDesk desk = context.getBean(OrderDesk.class);
			desk.place(new Order("1", "Paris"));
			desk.place(new Order("2", "Rome"));
			await().atMost(Duration.ofSeconds(60))
				.untilAsserted(
						() -> assertThat(context.getBean(Listener.class).invoices).containsExactly(new Invoice("2")));
		});
	}

	@Processor
	static class Listener {

		private final List<Invoice> invoices = new CopyOnWriteArrayList<>();

		@SubscribesTo("invoices")
		void onInvoice(Invoice invoice) {
			this.invoices.add(invoice);
		}

	}

}
