package org.activemessaging.contract;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.opentelemetry.sdk.trace.data.SpanData;
import org.activemessaging.MessagePublisher;
import org.activemessaging.flow.Spans;
import org.junit.jupiter.api.Test;

import org.springframework.messaging.MessageHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A trace goes on behind the broker.
 */
abstract class TracingArea extends Area {

	@Test
	void traceGoesOnInTheProcessorAndLeadsToItsFurtherTries() {
		Spans spans = new Spans();
		AtomicInteger tries = new AtomicInteger();
		Recorder recorder = new Recorder((message) -> {
			// The second is at once, the third after a delay.
			if (tries.incrementAndGet() < 3) {
				throw new IllegalStateException("no");
			}
		});
		Application application = start(application(recorder).redelivery(1, 1).traced(spans));
		Spans.request(application.context(), "request", () -> application.publish("text"));
		SpanData request = spans.one("request");
		SpanData published = spans.one("publish " + queue().name());
		assertThat(published.getParentSpanId()).isEqualTo(request.getSpanId());
		List<SpanData> processed = spans.await(3, "process " + queue().name());
		for (int i = 0; i < processed.size(); i++) {
			SpanData span = processed.get(i);
			assertThat(span.getTraceId()).isEqualTo(request.getTraceId());
			assertThat(span.getParentSpanId()).isEqualTo(published.getSpanId());
			assertThat(Spans.links(span)).isEqualTo((i > 0) ? List.of(processed.get(i - 1).getSpanId()) : List.of());
		}
		assertThat(recorder.completed()).containsExactly("text");
	}

	@Test
	void contextArrivesBesideAsManyHeadersAsThereMayBe() {
		MessagePublisher.Publication publication = shared().publication(name())
			.header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
			.header("tracestate", "congo=t61rcWkgMzE,fw529a3039@dt=FfAe:1;2\\")
			.header("baggage", "city=Ulm%20an%20der%20Donau;note,other=%C3%A9");
		// One says which test it is.
		int most = broker().mostHeaders() - 1;
		for (int i = 0; i < most; i++) {
			publication.header("h" + i, "value " + i);
		}
		publication.publish("text");
		MessageHeaders headers = shared().await(name()).message().getHeaders();
		assertThat(headers).containsEntry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
			.containsEntry("tracestate", "congo=t61rcWkgMzE,fw529a3039@dt=FfAe:1;2\\")
			.containsEntry("baggage", "city=Ulm%20an%20der%20Donau;note,other=%C3%A9")
			.containsEntry("h" + (most - 1), "value " + (most - 1));
	}

}
