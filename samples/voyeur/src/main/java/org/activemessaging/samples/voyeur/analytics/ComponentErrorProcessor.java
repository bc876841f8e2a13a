package org.activemessaging.samples.voyeur.analytics;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.samples.voyeur.stream.ComponentFailure;
import org.activemessaging.samples.voyeur.stream.StreamEvent;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.handler.annotation.Header;

/**
 * Keeps the errors of components. Named as in the deck, {@code componenterror-processor}.
 */
@Processor("componenterrorProcessor")
@SubscribesTo("componenterrorstream")
final class ComponentErrorProcessor {

	private static final String INSERT = """
			insert into component_failures (id, session_id, component, page, message, occurred_at, stored_at)
			values (:id, :sessionId, :component, :page, :message, :occurredAt, :storedAt)
			on conflict do nothing
			""";

	private final JdbcClient database;

	ComponentErrorProcessor(JdbcClient database) {
		this.database = database;
	}

	void onMessage(ComponentFailure failure, @Header(StreamEvent.ID_HEADER) String id) {
		this.database.sql(INSERT)
			.param("id", id)
			.param("sessionId", failure.sessionId())
			.param("component", failure.component())
			.param("page", failure.page())
			.param("message", failure.message())
			.param("occurredAt", Timestamps.of(failure.timestamp()))
			.param("storedAt", Timestamps.now())
			.update();
	}

}
