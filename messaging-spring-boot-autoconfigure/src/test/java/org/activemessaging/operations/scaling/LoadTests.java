package org.activemessaging.operations.scaling;

import java.time.Duration;
import java.time.Instant;

import org.activemessaging.broker.QueueSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoadTests {

	private static final Duration TARGET = Duration.ofMinutes(1);

	// @formatter:off
	@ParameterizedTest
	@CsvSource(nullValues = "?", value = {
			// backlog, rate of an instance, growth, instances, capacity, wanted
			"     0,   0,    0, 1, 100,  0",
			"     0, 100,    0, 1, 200,  1",
			"   100, 100, -100, 1, 100,  1",
			"  6000, 100,    0, 1, 100,  2",
			"  6000, 100,  100, 1, 100,  3",
			" 60000, 100,    0, 1, 100, 11",
			"   600, 100,    0, 4, 100,  4",
			"    10,   0,    0, 0,   ?,  1",
			"    10,   0,    0, 3,   ?,  3",
			"     ?, 100,    0, 2, 100,  2" })
	// @formatter:on
	void wantedInstancesDrainTheBacklogInTime(Long backlog, double rate, double growth, int instances, Double capacity,
			int wanted) {
		Load load = new Load("orders", backlog, rate, growth, instances, capacity);
		assertThat(load.wanted(TARGET)).as(load.reason()).isEqualTo(wanted);
		assertThat(load.reason()).isNotBlank();
	}

	@Test
	void shorterTargetWantsMore() {
		Load load = new Load("orders", 6000L, 100, 0, 1, 100.0);
		assertThat(load.wanted(Duration.ofSeconds(10))).isEqualTo(7);
		assertThat(load.timeToDrain()).isEqualTo(Duration.ofSeconds(60));
	}

	@Test
	void trendIsThatOfTheLastMinute() {
		DepthTrend trend = new DepthTrend();
		Instant start = Instant.parse("2026-11-28T00:00:00Z");
		for (int i = 0; i <= 120; i++) {
			long depth = (i < 60) ? 0 : (i - 60) * 10L;
			trend.add(new QueueSample("orders", depth, true, "test", null, null, null, start.plusSeconds(i)));
		}
		assertThat(trend.growth()).isEqualTo(10);
		assertThat(trend.isNeverEmpty()).isFalse();
		trend.add(new QueueSample("orders", 700L, true, "test", null, null, null, start.plusSeconds(121)));
		assertThat(trend.isNeverEmpty()).isTrue();
		trend.add(QueueSample.unknown("orders", "no answer", start.plusSeconds(122)));
		assertThat(trend.growth()).isZero();
		assertThat(trend.isNeverEmpty()).isFalse();
	}

}
