package org.activemessaging.samples.voyeur.stream;

/**
 * Writes down what happens. Every event gets an id, and the session as its message group.
 * <p>
 * In the background mode, the default, an event waits for a worker in a queue of limited
 * length, so that no page ever waits for the broker. The price: events that are still in
 * the queue are gone when the process dies, and events that find the queue full are not
 * kept but counted, in the meter {@code voyeur.stenographer.dropped}. In the synchronous
 * mode an event is at the broker when {@link #record} returns.
 */
public interface Stenographer {

	/**
	 * Records an event.
	 * @param stream the stream to write it to
	 * @param event the event
	 * @return the id that the event was given
	 */
	String record(DataStream stream, StreamEvent event);

}
