package org.activemessaging.samples.voyeur.stream;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.activemessaging.MessagePublisher;

/**
 * Publishes one event, and counts.
 */
final class Shorthand {

	private final MessagePublisher publisher;

	private final Map<DataStream, Counter> published = new EnumMap<>(DataStream.class);

	private final Map<DataStream, Counter> dropped = new EnumMap<>(DataStream.class);

	Shorthand(MessagePublisher publisher, MeterRegistry meters) {
		this.publisher = publisher;
		Arrays.stream(DataStream.values()).forEach((stream) -> {
			this.published.put(stream,
					Counter.builder("voyeur.stenographer.published")
						.description("Events that the broker has taken")
						.tag("stream", stream.destination())
						.register(meters));
			this.dropped.put(stream,
					Counter.builder("voyeur.stenographer.dropped")
						.description("Events that were not kept")
						.tag("stream", stream.destination())
						.register(meters));
		});
	}

	/**
	 * Makes a note of an event. The id is ours, not the message's: an event that is
	 * published again, because nobody knows whether the broker has it, is a new message
	 * but the same event.
	 * @param stream the stream of the event
	 * @param event the event
	 * @return the event with its id
	 */
	Note note(DataStream stream, StreamEvent event) {
		return new Note(UUID.randomUUID().toString(), stream, event);
	}

	void publish(Note note) {
		this.publisher.to(note.stream().destination())
			.group(note.event().sessionId())
			.header(StreamEvent.ID_HEADER, note.id())
			.publish(note.event());
		Objects.requireNonNull(this.published.get(note.stream())).increment();
	}

	void drop(Note note) {
		Objects.requireNonNull(this.dropped.get(note.stream())).increment();
	}

	/**
	 * An event with its id.
	 *
	 * @param id the id of the event
	 * @param stream the stream to write it to
	 * @param event the event
	 */
	record Note(String id, DataStream stream, StreamEvent event) {

	}

}
