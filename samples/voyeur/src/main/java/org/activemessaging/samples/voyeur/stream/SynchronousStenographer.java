package org.activemessaging.samples.voyeur.stream;

/**
 * Publishes at once, and lets the page wait for the broker's word.
 */
final class SynchronousStenographer implements Stenographer {

	private final Shorthand shorthand;

	SynchronousStenographer(Shorthand shorthand) {
		this.shorthand = shorthand;
	}

	@Override
	public String record(DataStream stream, StreamEvent event) {
		Shorthand.Note note = this.shorthand.note(stream, event);
		try {
			this.shorthand.publish(note);
		}
		catch (RuntimeException ex) {
			this.shorthand.drop(note);
			throw ex;
		}
		return note.id();
	}

}
