package org.activemessaging.samples.voyeur.analytics;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.samples.voyeur.stream.RequestFailure;
import org.activemessaging.samples.voyeur.stream.StreamEvent;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.handler.annotation.Header;

/**
 * Keeps the errors that ended a request.
 */
@Processor
@SubscribesTo("errorstream")
final class ErrorstreamProcessor {

	private static final String INSERT = """
			insert into request_failures (id, session_id, uri, status, exception, message, occurred_at, stored_at)
			values (:id, :sessionId, :uri, :status, :exception, :message, :occurredAt, :storedAt)
			on conflict do nothing
			""";

	private final JdbcClient database;

	ErrorstreamProcessor(JdbcClient database) {
		this.database = database;
	}

	void onMessage(RequestFailure failure, @Header(StreamEvent.ID_HEADER) String id) {
		this.database.sql(INSERT)
			.param("id", id)
			.param("sessionId", failure.sessionId())
			.param("uri", failure.uri())
			.param("status", failure.status())
			.param("exception", failure.exception())
			.param("message", failure.message())
			.param("occurredAt", Timestamps.of(failure.timestamp()))
			.param("storedAt", Timestamps.now())
			.update();
	}

}
