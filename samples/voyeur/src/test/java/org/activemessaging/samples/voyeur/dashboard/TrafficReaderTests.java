package org.activemessaging.samples.voyeur.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

import javax.sql.DataSource;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TrafficReader}.
 */
class TrafficReaderTests {

	private final DataSource dataSource = new DriverManagerDataSource(
			"jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");

	private final JdbcClient database = JdbcClient.create(this.dataSource);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final TrafficReader reader = new TrafficReader(this.database, this.meters);

	@BeforeEach
	void createTables() {
		new ResourceDatabasePopulator(new ClassPathResource("schema.sql")).execute(this.dataSource);
	}

	@Test
	void nothingIsNoNumberWhereThereIsNone() {
		Traffic traffic = this.reader.read();
		assertThat(traffic.totals()).isEqualTo(new Traffic.Totals(0, 0, 0, 0, 0, 0, 0, 0));
		assertThat(traffic.latency()).isEqualTo(new Traffic.Percentiles(null, null, null));
		assertThat(traffic.intervals()).hasSize(60).allSatisfy((interval) -> {
			assertThat(interval.clicks()).isZero();
			assertThat(interval.p50()).isNull();
		});
		assertThat(traffic.streams()).hasSize(6).allSatisfy((stream) -> assertThat(stream.published()).isNull());
	}

	@Test
	void clicksAreCountedAndTimed() {
		Instant now = Instant.now();
		click("/?q=fax", now, 10, true);
		click("/?q=telex", now, 20, false);
		click("/articles/fax", now, 30, false);
		click("/articles/fax", now.minus(Duration.ofHours(1)), 1000, false);
		Traffic traffic = this.reader.read();
		assertThat(traffic.totals().clicks()).isEqualTo(4);
		assertThat(traffic.totals().uniques()).isEqualTo(1);
		assertThat(traffic.latency().p50()).isEqualTo(20);
		assertThat(traffic.delay().p50()).isEqualTo(250);
		assertThat(traffic.intervals().stream().mapToLong(Traffic.Interval::clicks).sum()).isEqualTo(3);
	}

	@Test
	void pagesAreCountedByBothGroups() {
		click("/?q=fax", Instant.now(), 10, true);
		click("/", Instant.now(), 20, false);
		this.database.sql("insert into trends (starts_at, page, clicks) values (current_timestamp, '/', 2)").update();
		assertThat(this.reader.read().topPages()).containsExactly(new Traffic.TopPage("/", 2, 2));
	}

	@Test
	void mouseIsShownOnGrid() {
		this.database
			.sql("insert into mouse_tracks (id, session_id, page, occurred_at, stored_at) "
					+ "values ('a', 's', '/', current_timestamp, current_timestamp)")
			.update();
		this.database
			.sql("insert into mouse_points (track_id, position, x, y) values ('a', 0, 0, 0), ('a', 1, 1000, 1000)")
			.update();
		Traffic.Heat heat = this.reader.read().heat();
		assertThat(heat.cells()).hasSize(heat.columns() * heat.rows()).startsWith(1L).endsWith(1L);
		assertThat(heat.cells().stream().mapToLong(Long::longValue).sum()).isEqualTo(2);
	}

	@Test
	void publishedIsWhatThisProcessPublished() {
		this.meters.counter("voyeur.stenographer.published", "stream", "querystream").increment(7);
		assertThat(this.reader.read().streams()).filteredOn((stream) -> stream.name().equals("querystream"))
			.extracting(Traffic.StreamCount::published)
			.containsExactly(7L);
	}

	private void click(String uri, Instant at, double latency, boolean unique) {
		this.database.sql("""
				insert into clicks (id, session_id, ip_address, logged_in, uri, occurred_at, latency, first_of_session,
				                    stored_at)
				values (:id, 'session', '192.0.2.0', false, :uri, :at, :latency, :unique, :stored)
				""")
			.param("id", UUID.randomUUID().toString())
			.param("uri", uri)
			.param("at", at.atOffset(ZoneOffset.UTC))
			.param("latency", latency)
			.param("unique", unique)
			.param("stored", at.plusMillis(250).atOffset(ZoneOffset.UTC))
			.update();
	}

}
