package org.activemessaging.samples.voyeur.analytics;

import java.time.Duration;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.samples.voyeur.stream.Click;
import org.activemessaging.samples.voyeur.stream.StreamEvent;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.handler.annotation.Header;

/**
 * Keeps the clicks: the deck's processor. A message may come more than once; the id of
 * the event is the key of its row, so that it is kept, and counted, once.
 */
@Processor
@SubscribesTo("clickstream")
final class ClickstreamProcessor {

	private static final String INSERT = """
			insert into clicks (id, session_id, ip_address, logged_in, user_agent, language, uri, referrer,
			                    occurred_at, latency, first_of_session, stored_at)
			values (:id, :sessionId, :ipAddress, :loggedIn, :userAgent, :language, :uri, :referrer,
			        :occurredAt, :latency, :unique, :storedAt)
			on conflict do nothing
			""";

	private final JdbcClient database;

	private final Counter clicks;

	private final Counter uniques;

	private final Timer latency;

	ClickstreamProcessor(JdbcClient database, MeterRegistry meters) {
		this.database = database;
		this.clicks = Counter.builder("voyeur.clicks").description("Page requests").register(meters);
		this.uniques = Counter.builder("voyeur.uniques").description("Sessions").register(meters);
		this.latency = Timer.builder("voyeur.request.latency")
			.description("How long visitors waited for a page")
			.publishPercentiles(0.5, 0.95, 0.99)
			.register(meters);
	}

	void onMessage(Click click, @Header(StreamEvent.ID_HEADER) String id) {
		int added = this.database.sql(INSERT)
			.param("id", id)
			.param("sessionId", click.sessionId())
			.param("ipAddress", click.ipAddress())
			.param("loggedIn", click.loggedIn())
			.param("userAgent", click.userAgent())
			.param("language", click.language())
			.param("uri", click.uri())
			.param("referrer", click.referrer())
			.param("occurredAt", Timestamps.of(click.timestamp()))
			.param("latency", click.latency())
			.param("unique", click.unique())
			.param("storedAt", Timestamps.now())
			.update();
		if (added > 0) {
			this.clicks.increment();
			this.latency.record(Duration.ofNanos(Math.round(click.latency() * 1e6)));
			this.uniques.increment(click.unique() ? 1 : 0);
		}
	}

}
