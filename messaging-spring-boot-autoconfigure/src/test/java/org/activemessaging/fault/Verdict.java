package org.activemessaging.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of the messages of a run.
 *
 * @param acked how many messages the broker has taken
 * @param done how many different messages are done
 * @param begun messages that were begun
 * @param lost messages that the broker has taken and that are nowhere
 * @param handledTwice messages that are done more than once
 * @param begunTwice messages that were begun more than once
 * @param doubled messages that ended in more than one place, or twice in one
 * @param waiting messages that still wait, in the queue or in a delay queue
 * @param deadLettered messages among our dead letters
 * @param innocents messages among any dead letters whose processor has never failed
 * @param brokerDeadLetters messages in the broker's own dead-letter queue
 * @param inversions messages that were first begun after a later one of their group
 * @param overlaps messages that were begun while another of their group was in work
 * @param kinds why our dead letters are there, by message
 * @param recovery the longest pause between two messages done, as far as it lies after a
 * fault was repaired
 */
record Verdict(int acked, int done, Set<String> begun, Set<String> lost, Set<String> handledTwice,
		Set<String> begunTwice, Set<String> doubled, Set<String> waiting, Set<String> deadLettered,
		Set<String> innocents, List<String> brokerDeadLetters, List<String> inversions, List<String> overlaps,
		Map<String, String> kinds, Duration recovery) {

	/**
	 * Returns the verdict about the others than a message that is guilty, although no
	 * processor lived to write that down.
	 */
	Verdict withCulprit(String id) {
		Set<String> others = new TreeSet<>(this.innocents);
		others.remove(id);
		return new Verdict(this.acked, this.done, this.begun, this.lost, this.handledTwice, this.begunTwice,
				this.doubled, this.waiting, this.deadLettered, others, this.brokerDeadLetters, this.inversions,
				this.overlaps, this.kinds, this.recovery);
	}

}
