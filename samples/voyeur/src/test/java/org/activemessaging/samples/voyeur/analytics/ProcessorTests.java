package org.activemessaging.samples.voyeur.analytics;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.activemessaging.samples.voyeur.stream.Click;
import org.activemessaging.samples.voyeur.stream.ComponentFailure;
import org.activemessaging.samples.voyeur.stream.MouseTrack;
import org.activemessaging.samples.voyeur.stream.Query;
import org.activemessaging.samples.voyeur.stream.RequestFailure;
import org.activemessaging.samples.voyeur.stream.Suggestion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for the processors of this package. Each gets each event twice, as at-least-once
 * delivery allows.
 */
class ProcessorTests {

	private static final Instant NOW = Instant.parse("2026-07-01T12:34:56.789Z");

	private final DataSource dataSource = new DriverManagerDataSource(
			"jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");

	private final JdbcClient database = JdbcClient.create(this.dataSource);

	private final TransactionOperations transactions = new TransactionTemplate(
			new JdbcTransactionManager(this.dataSource));

	private final MeterRegistry meters = new SimpleMeterRegistry();

	@BeforeEach
	void createTables() {
		new ResourceDatabasePopulator(new ClassPathResource("schema.sql")).execute(this.dataSource);
	}

	@Test
	void clickIsKeptAndCountedOnce() {
		ClickstreamProcessor processor = new ClickstreamProcessor(this.database, this.meters);
		twice((id) -> processor.onMessage(click("/?q=fax", true), id));
		twice((id) -> processor.onMessage(click("/articles/fax", false), id));
		assertThat(this.database.sql("select uri from clicks order by uri").query(String.class).list())
			.containsExactly("/?q=fax", "/articles/fax");
		assertThat(this.database.sql("select occurred_at from clicks limit 1").query(OffsetDateTime.class).single())
			.isEqualTo(NOW.atOffset(ZoneOffset.UTC));
		assertThat(this.meters.get("voyeur.clicks").counter().count()).isEqualTo(2);
		assertThat(this.meters.get("voyeur.uniques").counter().count()).isEqualTo(1);
		assertThat(this.meters.get("voyeur.request.latency").timer().count()).isEqualTo(2);
		assertThat(this.meters.get("voyeur.request.latency").timer().max(TimeUnit.MILLISECONDS)).isCloseTo(12.5,
				within(0.01));
	}

	@Test
	void clickWithoutHeadersIsKept() {
		ClickstreamProcessor processor = new ClickstreamProcessor(this.database, this.meters);
		twice((id) -> processor.onMessage(new Click("session", "192.0.2.0", false, null, null, "/", null, NOW, 1, true),
				id));
		assertThat(count("clicks")).isEqualTo(1);
	}

	@Test
	void queryIsKeptOnce() {
		QuerystreamProcessor processor = new QuerystreamProcessor(this.database);
		twice((id) -> processor.onMessage(new Query("session", "fax", 3, 0.5, NOW), id));
		assertThat(count("queries")).isEqualTo(1);
	}

	@Test
	void mouseTrackIsKeptOnceWithAllPoints() {
		MouseProcessor processor = new MouseProcessor(this.database, new JdbcTemplate(this.dataSource),
				this.transactions);
		List<MouseTrack.Point> points = List.of(new MouseTrack.Point(1, 2), new MouseTrack.Point(3, 4),
				new MouseTrack.Point(3, 4));
		twice((id) -> processor.onMessage(new MouseTrack("session", "/", points, NOW), id));
		assertThat(count("mouse_tracks")).isEqualTo(1);
		assertThat(this.database.sql("select x, y from mouse_points order by position")
			.query((row, number) -> new MouseTrack.Point(row.getInt("x"), row.getInt("y")))
			.list()).isEqualTo(points);
	}

	@Test
	void suggestionIsKeptOnce() {
		BelushinatorProcessor processor = new BelushinatorProcessor(this.database);
		twice((id) -> processor.onMessage(new Suggestion("session", "pigoen", "pigeon", true, NOW), id));
		assertThat(count("suggestions")).isEqualTo(1);
	}

	@Test
	void componentFailureIsKeptOnce() {
		ComponentErrorProcessor processor = new ComponentErrorProcessor(this.database);
		twice((id) -> processor.onMessage(new ComponentFailure("session", "reader", "/", "no voice", NOW), id));
		assertThat(count("component_failures")).isEqualTo(1);
	}

	@Test
	void requestFailureIsKeptOnce() {
		ErrorstreamProcessor processor = new ErrorstreamProcessor(this.database);
		twice((id) -> processor
			.onMessage(new RequestFailure("session", "/boom", 500, "IllegalStateException", null, NOW), id));
		assertThat(count("request_failures")).isEqualTo(1);
	}

	@Test
	void trendCountsPagePerMinuteOnce() {
		TrendsProcessor processor = new TrendsProcessor(this.database, this.transactions);
		twice((id) -> processor.onMessage(click("/?q=fax", true), id));
		twice((id) -> processor.onMessage(click("/?q=telex", false), id));
		twice((id) -> processor.onMessage(click("/articles/fax", false), id));
		assertThat(
				this.database.sql("select page || ' ' || clicks from trends order by page").query(String.class).list())
			.containsExactly("/ 2", "/articles/fax 1");
		assertThat(count("trend_events")).isEqualTo(3);
	}

	private static Click click(String uri, boolean unique) {
		return new Click("session", "192.0.2.0", false, "browser", "en", uri, null, NOW, 12.5, unique);
	}

	private static void twice(Consumer<String> delivery) {
		String id = UUID.randomUUID().toString();
		delivery.accept(id);
		delivery.accept(id);
	}

	private long count(String table) {
		return this.database.sql("select count(*) from " + table).query(Long.class).single();
	}

}
