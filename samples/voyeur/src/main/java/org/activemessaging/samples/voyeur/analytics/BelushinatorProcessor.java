package org.activemessaging.samples.voyeur.analytics;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.samples.voyeur.stream.StreamEvent;
import org.activemessaging.samples.voyeur.stream.Suggestion;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.handler.annotation.Header;

/**
 * Keeps what was proposed to visitors, and what they accepted.
 */
@Processor
@SubscribesTo("belushinatorstream")
final class BelushinatorProcessor {

	private static final String INSERT = """
			insert into suggestions (id, session_id, input, suggestion, accepted, occurred_at, stored_at)
			values (:id, :sessionId, :input, :suggestion, :accepted, :occurredAt, :storedAt)
			on conflict do nothing
			""";

	private final JdbcClient database;

	BelushinatorProcessor(JdbcClient database) {
		this.database = database;
	}

	void onMessage(Suggestion suggestion, @Header(StreamEvent.ID_HEADER) String id) {
		this.database.sql(INSERT)
			.param("id", id)
			.param("sessionId", suggestion.sessionId())
			.param("input", suggestion.input())
			.param("suggestion", suggestion.suggestion())
			.param("accepted", suggestion.accepted())
			.param("occurredAt", Timestamps.of(suggestion.timestamp()))
			.param("storedAt", Timestamps.now())
			.update();
	}

}
