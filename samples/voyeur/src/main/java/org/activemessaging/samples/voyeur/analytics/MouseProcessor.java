package org.activemessaging.samples.voyeur.analytics;

import java.util.List;
import java.util.stream.IntStream;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.samples.voyeur.stream.MouseTrack;
import org.activemessaging.samples.voyeur.stream.StreamEvent;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps the mouse tracks: the track and its points in one transaction, so that a track
 * that is there is complete.
 */
@Processor
@SubscribesTo("mousestream")
final class MouseProcessor {

	private static final String INSERT_TRACK = """
			insert into mouse_tracks (id, session_id, page, occurred_at, stored_at)
			values (:id, :sessionId, :page, :occurredAt, :storedAt)
			on conflict do nothing
			""";

	private static final String INSERT_POINT = "insert into mouse_points (track_id, position, x, y) values (?, ?, ?, ?)";

	private final JdbcClient database;

	private final JdbcTemplate batches;

	private final TransactionOperations transactions;

	MouseProcessor(JdbcClient database, JdbcTemplate batches, TransactionOperations transactions) {
		this.database = database;
		this.batches = batches;
		this.transactions = transactions;
	}

	void onMessage(MouseTrack track, @Header(StreamEvent.ID_HEADER) String id) {
		this.transactions.executeWithoutResult((status) -> {
			int added = this.database.sql(INSERT_TRACK)
				.param("id", id)
				.param("sessionId", track.sessionId())
				.param("page", track.page())
				.param("occurredAt", Timestamps.of(track.timestamp()))
				.param("storedAt", Timestamps.now())
				.update();
			if (added > 0) {
				this.batches.batchUpdate(INSERT_POINT, rows(id, track.points()));
			}
		});
	}

	private List<Object[]> rows(String id, List<MouseTrack.Point> points) {
		return IntStream.range(0, points.size())
			.mapToObj((i) -> new Object[] { id, i, points.get(i).x(), points.get(i).y() })
			.toList();
	}

}
