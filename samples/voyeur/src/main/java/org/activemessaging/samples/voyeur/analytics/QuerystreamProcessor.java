package org.activemessaging.samples.voyeur.analytics;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.samples.voyeur.stream.Query;
import org.activemessaging.samples.voyeur.stream.StreamEvent;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.handler.annotation.Header;

/**
 * Keeps the searches.
 */
@Processor
@SubscribesTo("querystream")
final class QuerystreamProcessor {

	private static final String INSERT = """
			insert into queries (id, session_id, terms, hits, latency, occurred_at, stored_at)
			values (:id, :sessionId, :terms, :hits, :latency, :occurredAt, :storedAt)
			on conflict do nothing
			""";

	private final JdbcClient database;

	QuerystreamProcessor(JdbcClient database) {
		this.database = database;
	}

	void onMessage(Query query, @Header(StreamEvent.ID_HEADER) String id) {
		this.database.sql(INSERT)
			.param("id", id)
			.param("sessionId", query.sessionId())
			.param("terms", query.terms())
			.param("hits", query.hits())
			.param("latency", query.latency())
			.param("occurredAt", Timestamps.of(query.timestamp()))
			.param("storedAt", Timestamps.now())
			.update();
	}

}
