package org.activemessaging.samples.voyeur.analytics;

import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.samples.voyeur.stream.Click;
import org.activemessaging.samples.voyeur.stream.StreamEvent;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Counts the clicks of each page and minute, in a group of its own: it gets every click
 * that the group {@code voyeur} gets. A count cannot tell a message that comes twice, so
 * the ids that were counted are kept in the transaction that counts.
 */
@Processor
@SubscribesTo(value = "clickstream", group = "trends")
final class TrendsProcessor {

	private static final String INSERT_ID = """
			insert into trend_events (id, stored_at) values (:id, :storedAt) on conflict do nothing
			""";

	private static final String INSERT_TREND = """
			insert into trends (starts_at, page, clicks) values (:startsAt, :page, 0) on conflict do nothing
			""";

	private static final String COUNT = """
			update trends set clicks = clicks + 1 where starts_at = :startsAt and page = :page
			""";

	private final JdbcClient database;

	private final TransactionOperations transactions;

	TrendsProcessor(JdbcClient database, TransactionOperations transactions) {
		this.database = database;
		this.transactions = transactions;
	}

	void onMessage(Click click, @Header(StreamEvent.ID_HEADER) String id) {
		this.transactions.executeWithoutResult((status) -> {
			int added = this.database.sql(INSERT_ID).param("id", id).param("storedAt", Timestamps.now()).update();
			if (added > 0) {
				count(Timestamps.of(click.timestamp().truncatedTo(ChronoUnit.MINUTES)), page(click.uri()));
			}
		});
	}

	private void count(OffsetDateTime startsAt, String page) {
		this.database.sql(INSERT_TREND).param("startsAt", startsAt).param("page", page).update();
		this.database.sql(COUNT).param("startsAt", startsAt).param("page", page).update();
	}

	private static String page(String uri) {
		int query = uri.indexOf('?');
		return (query >= 0) ? uri.substring(0, query) : uri;
	}

}
