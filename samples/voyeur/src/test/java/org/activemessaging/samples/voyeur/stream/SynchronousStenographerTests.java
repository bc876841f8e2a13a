package org.activemessaging.samples.voyeur.stream;

import java.time.Instant;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.activemessaging.PublishException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SynchronousStenographer}.
 */
class SynchronousStenographerTests {

	private final FakePublisher publisher = new FakePublisher();

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final SynchronousStenographer stenographer = new SynchronousStenographer(
			new Shorthand(this.publisher, this.meters));

	private final Query query = new Query("session", "fax", 1, 0.5, Instant.EPOCH);

	@Test
	void eventIsPublishedWhenRecordReturns() {
		String id = this.stenographer.record(DataStream.QUERYSTREAM, this.query);
		assertThat(this.publisher.sent())
			.containsExactly(new FakePublisher.Sent("querystream", "session", id, this.query));
	}

	@Test
	void failureToPublishIsThrownAndCounted() {
		this.publisher.beforePublish((id) -> {
			throw new PublishException("querystream", "no broker", null);
		});
		assertThatExceptionOfType(PublishException.class)
			.isThrownBy(() -> this.stenographer.record(DataStream.QUERYSTREAM, this.query));
		assertThat(this.meters.get("voyeur.stenographer.dropped").tag("stream", "querystream").counter().count())
			.isEqualTo(1);
	}

}
