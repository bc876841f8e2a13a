package org.activemessaging.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares what was promised with what became of it. It knows ledgers and queues only, so
 * it judges any application alike.
 */
final class LedgerCheck {

	private final Map<LedgerEntry.Type, Map<String, Long>> counts = new HashMap<>();

	private final List<LedgerEntry> entries;

	private final Remains remains;

	private LedgerCheck(List<LedgerEntry> entries, Remains remains) {
		this.entries = entries;
		this.remains = remains;
		for (LedgerEntry entry : entries) {
			this.counts.computeIfAbsent(entry.type(), (type) -> new HashMap<>()).merge(entry.id(), 1L, Long::sum);
		}
	}

	/**
	 * Checks a run.
	 * @param entries its ledger
	 * @param remains what brokers hold at its end
	 * @param repairs when faults were repaired, in milliseconds since the epoch
	 * @return the verdict
	 */
	static Verdict check(List<LedgerEntry> entries, Remains remains, Collection<Long> repairs) {
		return new LedgerCheck(entries, remains).verdict(repairs);
	}

	private Verdict verdict(Collection<Long> repairs) {
		Map<String, Long> acked = of(LedgerEntry.Type.ACKED);
		Map<String, Long> done = of(LedgerEntry.Type.DONE);
		return new Verdict(acked.size(), done.size(), of(LedgerEntry.Type.BEGUN).keySet(), lost(),
				repeated(LedgerEntry.Type.DONE), repeated(LedgerEntry.Type.BEGUN), doubled(),
				new TreeSet<>(this.remains.waiting()), new TreeSet<>(this.remains.deadLetters()), innocents(),
				this.remains.brokerDeadLetters(), inversions(), overlaps(), this.remains.kinds(), recovery(repairs));
	}

	private Map<String, Long> of(LedgerEntry.Type type) {
		return this.counts.getOrDefault(type, Map.of());
	}

	private Set<String> lost() {
		Set<String> lost = new TreeSet<>(of(LedgerEntry.Type.ACKED).keySet());
		lost.removeAll(of(LedgerEntry.Type.DONE).keySet());
		left().forEach(lost::remove);
		return lost;
	}

	private Stream<String> left() {
		return Stream.of(this.remains.waiting(), this.remains.deadLetters(), this.remains.brokerDeadLetters())
			.flatMap(List::stream);
	}

	private Set<String> repeated(LedgerEntry.Type type) {
		return of(type).entrySet()
			.stream()
			.filter((entry) -> entry.getValue() > 1)
			.map(Map.Entry::getKey)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private Set<String> doubled() {
		Map<String, Long> places = new HashMap<>();
		of(LedgerEntry.Type.DONE).keySet().forEach((id) -> places.put(id, 1L));
		left().forEach((id) -> places.merge(id, 1L, Long::sum));
		Map<String, Long> repeated = of(LedgerEntry.Type.REPEATED);
		return places.entrySet()
			.stream()
			.filter((place) -> place.getValue() > 1 + repeated.getOrDefault(place.getKey(), 0L))
			.map(Map.Entry::getKey)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private Set<String> innocents() {
		Set<String> failed = of(LedgerEntry.Type.FAILED).keySet();
		return Stream.concat(this.remains.deadLetters().stream(), this.remains.brokerDeadLetters().stream())
			.filter((id) -> !failed.contains(id))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private List<String> inversions() {
		Map<String, Integer> highest = new HashMap<>();
		Set<String> begun = new HashSet<>();
		List<String> inversions = new ArrayList<>();
		for (LedgerEntry entry : this.entries) {
			if (entry.type() == LedgerEntry.Type.BEGUN && begun.add(entry.id())) {
				int number = LedgerEntry.number(entry.id());
				int before = highest.merge(LedgerEntry.group(entry.id()), number, Math::max);
				if (number < before) {
					inversions.add(entry.id());
				}
			}
		}
		return inversions;
	}

	private List<String> overlaps() {
		Map<String, LedgerEntry> inWork = new HashMap<>();
		List<String> overlaps = new ArrayList<>();
		Map<Long, Integer> ends = endsOfTheKilled();
		for (int i = 0; i < this.entries.size(); i++) {
			LedgerEntry entry = this.entries.get(i);
			String group = LedgerEntry.group(entry.id());
			switch (entry.type()) {
				case BEGUN -> {
					LedgerEntry other = inWork.put(group, entry);
					if (other != null && i < ends.getOrDefault(other.pid(), Integer.MAX_VALUE)) {
						overlaps.add(entry.id() + " while " + other.id());
					}
				}
				case DONE, FAILED -> inWork.remove(group);
				case ACKED, UNCERTAIN, REFUSED, REPEATED, KILLED -> {
				}
			}
		}
		return overlaps;
	}

	// A process is killed a moment before that is written down: others may already have
	// its messages then.
	private Map<Long, Integer> endsOfTheKilled() {
		Map<Long, Integer> ends = new HashMap<>();
		Map<Long, Integer> last = new HashMap<>();
		for (int i = 0; i < this.entries.size(); i++) {
			LedgerEntry entry = this.entries.get(i);
			if (entry.type() == LedgerEntry.Type.KILLED) {
				ends.put(entry.pid(), last.getOrDefault(entry.pid(), i));
			}
			last.put(entry.pid(), i);
		}
		return ends;
	}

	// The longest pause between two messages done, as far as it lies after a repair.
	private Duration recovery(Collection<Long> repairs) {
		long longest = 0;
		if (!repairs.isEmpty()) {
			long last = Collections.min(repairs);
			for (LedgerEntry entry : this.entries) {
				if (entry.type() == LedgerEntry.Type.DONE && entry.millis() > last) {
					long before = last;
					long begin = repairs.stream()
						.filter((repair) -> repair <= entry.millis())
						.reduce(before, Math::max);
					longest = Math.max(longest, entry.millis() - begin);
					last = entry.millis();
				}
			}
		}
		return Duration.ofMillis(longest);
	}

}
