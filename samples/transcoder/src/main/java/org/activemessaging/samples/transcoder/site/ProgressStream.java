package org.activemessaging.samples.transcoder.site;

import java.time.Duration;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.samples.transcoder.video.Progress;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.context.SmartLifecycle;
import org.springframework.http.codec.ServerSentEvent;

/**
 * Hands the progress of all encoders on to the pages that are open. A page that does not
 * keep up misses the oldest of it, and delays nobody.
 */
@Processor
final class ProgressStream implements SmartLifecycle {

	private static final Duration HEARTBEAT = Duration.ofSeconds(15);

	private static final int BUFFER = 256;

	private volatile Sinks.Many<Progress> sink = newSink();

	private volatile boolean running;

	@SubscribesTo(value = "progress", id = "progress")
	void onMessage(Progress progress) {
		this.sink.tryEmitNext(progress);
	}

	/**
	 * Returns the progress from now on.
	 * @return the progress, and now and then a comment by which a closed connection is
	 * noticed
	 */
	Flux<ServerSentEvent<Progress>> events() {
		Sinks.Many<Progress> source = this.sink;
		Flux<ServerSentEvent<Progress>> events = source.asFlux().onBackpressureBuffer(BUFFER, (progress) -> {
		}, BufferOverflowStrategy.DROP_OLDEST).map((progress) -> ServerSentEvent.builder(progress).build());
		Flux<ServerSentEvent<Progress>> heartbeats = Flux.interval(Duration.ZERO, HEARTBEAT)
			.onBackpressureDrop()
			.map((beat) -> ServerSentEvent.<Progress>builder().comment("").build());
		return events.mergeWith(heartbeats.takeUntilOther(source.asFlux().ignoreElements()));
	}

	@Override
	public void start() {
		this.sink = newSink();
		this.running = true;
	}

	/**
	 * Ends the streams, as a web server that stops waits for its requests.
	 */
	@Override
	public void stop() {
		this.running = false;
		this.sink.tryEmitComplete();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	private static Sinks.Many<Progress> newSink() {
		return Sinks.many().multicast().directBestEffort();
	}

}
