package org.activemessaging.samples.voyeur.dashboard;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.activemessaging.samples.voyeur.stream.DataStream;
import org.activemessaging.samples.voyeur.stream.MouseTrack;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the {@link Traffic} from the database.
 */
@Component
@Profile("!web")
final class TrafficReader {

	private static final int INTERVAL_SECONDS = 5;

	private static final int INTERVALS = 60;

	private static final int HEAT_COLUMNS = 24;

	private static final int HEAT_ROWS = 16;

	private final JdbcClient database;

	private final MeterRegistry meters;

	private final Clock clock = Clock.systemUTC();

	private final Instant since = this.clock.instant();

	TrafficReader(JdbcClient database, MeterRegistry meters) {
		this.database = database;
		this.meters = meters;
	}

	Traffic read() {
		Instant now = this.clock.instant();
		long last = now.getEpochSecond() / INTERVAL_SECONDS;
		long first = last - INTERVALS + 1;
		Instant from = Instant.ofEpochSecond(first * INTERVAL_SECONDS);
		return new Traffic(now, this.since, INTERVAL_SECONDS, intervals(first, last, from),
				percentiles("latency", from),
				percentiles("(extract(epoch from stored_at) - extract(epoch from occurred_at)) * 1000", from), totals(),
				streams(), topQueries(), topPages(), heat(), failures());
	}

	// A parameter without a type would make H2 divide to a hundred thousand digits.
	private List<Traffic.Interval> intervals(long first, long last, Instant from) {
		Map<Long, Traffic.Interval> intervals = this.database.sql("""
				select slot, count(*) as clicks, sum(first_of_session) as uniques,
				       percentile_cont(0.5) within group (order by latency) as p50,
				       percentile_cont(0.95) within group (order by latency) as p95
				from (select cast(floor(extract(epoch from occurred_at)) as bigint) / cast(:seconds as bigint) as slot,
				             latency, case when first_of_session then 1 else 0 end as first_of_session
				      from clicks where occurred_at >= :from) recent
				group by slot
				""")
			.param("seconds", INTERVAL_SECONDS)
			.param("from", timestamp(from))
			.query((row, number) -> new Traffic.Interval(start(row.getLong("slot")), row.getLong("clicks"),
					row.getLong("uniques"), row.getDouble("p50"), row.getDouble("p95")))
			.list()
			.stream()
			.collect(Collectors.toMap((interval) -> interval.from().getEpochSecond() / INTERVAL_SECONDS,
					Function.identity()));
		return LongStream.rangeClosed(first, last)
			.mapToObj((slot) -> intervals.getOrDefault(slot, new Traffic.Interval(start(slot), 0, 0, null, null)))
			.toList();
	}

	private Traffic.Percentiles percentiles(String measure, Instant from) {
		return this.database.sql("""
				select percentile_cont(0.5) within group (order by measure) as p50,
				       percentile_cont(0.95) within group (order by measure) as p95,
				       percentile_cont(0.99) within group (order by measure) as p99
				from (select %s as measure from clicks where occurred_at >= :from) recent
				""".formatted(measure))
			.param("from", timestamp(from))
			.query((row, number) -> new Traffic.Percentiles(number(row, "p50"), number(row, "p95"), number(row, "p99")))
			.single();
	}

	private Traffic.Totals totals() {
		return this.database.sql("""
				select (select count(*) from clicks) as clicks,
				       (select count(*) from clicks where first_of_session) as uniques,
				       (select count(*) from queries) as queries,
				       (select count(*) from mouse_tracks) as tracks,
				       (select count(*) from suggestions where not accepted) as suggested,
				       (select count(*) from suggestions where accepted) as accepted,
				       (select count(*) from component_failures) as component_failures,
				       (select count(*) from request_failures) as request_failures
				""")
			.query((row, number) -> new Traffic.Totals(row.getLong("clicks"), row.getLong("uniques"),
					row.getLong("queries"), row.getLong("tracks"), row.getLong("suggested"), row.getLong("accepted"),
					row.getLong("component_failures"), row.getLong("request_failures")))
			.single();
	}

	private List<Traffic.StreamCount> streams() {
		return Arrays.stream(DataStream.values()).map((stream) -> {
			String table = table(stream);
			return new Traffic.StreamCount(stream.destination(), published(stream), count(table, this.since),
					count(table, Instant.EPOCH),
					(stream == DataStream.CLICKSTREAM) ? count("trend_events", Instant.EPOCH) : null);
		}).toList();
	}

	private static String table(DataStream stream) {
		return switch (stream) {
			case CLICKSTREAM -> "clicks";
			case QUERYSTREAM -> "queries";
			case MOUSESTREAM -> "mouse_tracks";
			case BELUSHINATORSTREAM -> "suggestions";
			case COMPONENTERRORSTREAM -> "component_failures";
			case ERRORSTREAM -> "request_failures";
		};
	}

	private @Nullable Long published(DataStream stream) {
		Counter counter = this.meters.find("voyeur.stenographer.published")
			.tag("stream", stream.destination())
			.counter();
		return (counter != null) ? Math.round(counter.count()) : null;
	}

	private long count(String table, Instant from) {
		return this.database.sql("select count(*) from " + table + " where stored_at >= :from")
			.param("from", timestamp(from))
			.query(Long.class)
			.single();
	}

	private List<Traffic.TopQuery> topQueries() {
		return this.database.sql("""
				select lower(terms) as terms, count(*) as frequency, max(hits) as hits
				from queries group by lower(terms) order by frequency desc, terms limit 8
				""")
			.query((row, number) -> new Traffic.TopQuery(row.getString("terms"), row.getLong("frequency"),
					row.getInt("hits")))
			.list();
	}

	private List<Traffic.TopPage> topPages() {
		return this.database.sql("""
				select counted.page, counted.clicks as trends,
				       (select count(*) from clicks where uri = counted.page or uri like counted.page || '?%') as voyeur
				from (select page, sum(clicks) as clicks from trends group by page
				      order by clicks desc, page limit 6) counted
				order by trends desc, counted.page
				""")
			.query((row, number) -> new Traffic.TopPage(row.getString("page"), row.getLong("voyeur"),
					row.getLong("trends")))
			.list();
	}

	private Traffic.Heat heat() {
		Long[] cells = new Long[HEAT_COLUMNS * HEAT_ROWS];
		Arrays.fill(cells, 0L);
		this.database.sql("""
				select x * cast(:columns as integer) / cast(:extent as integer) as x,
				       y * cast(:rows as integer) / cast(:extent as integer) as y, count(*) as frequency
				from mouse_points group by 1, 2
				""")
			.param("columns", HEAT_COLUMNS)
			.param("rows", HEAT_ROWS)
			.param("extent", MouseTrack.EXTENT + 1)
			.query((row) -> {
				cells[row.getInt("y") * HEAT_COLUMNS + row.getInt("x")] = row.getLong("frequency");
			});
		return new Traffic.Heat(HEAT_COLUMNS, HEAT_ROWS, List.of(cells));
	}

	private List<Traffic.Failure> failures() {
		return this.database.sql("""
				select occurred_at, component as source, page as what, message from component_failures
				union all
				select occurred_at, cast(status as varchar(10)) as source, uri as what, message from request_failures
				order by occurred_at desc limit 6
				""")
			.query((row, number) -> new Traffic.Failure(row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
					row.getString("source"), row.getString("what"), row.getString("message")))
			.list();
	}

	private static @Nullable Double number(ResultSet row, String column) throws SQLException {
		double value = row.getDouble(column);
		return row.wasNull() ? null : value;
	}

	private static Instant start(long slot) {
		return Instant.ofEpochSecond(slot * INTERVAL_SECONDS);
	}

	private static OffsetDateTime timestamp(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

}
