package org.activemessaging.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.activemessaging.autoconfigure.FilterProperties.CompressionProperties;
import org.activemessaging.claimcheck.ClaimCheckFilter;
import org.activemessaging.claimcheck.ClaimStore;
import org.activemessaging.claimcheck.UnclaimedFilter;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.filter.CompressionFilter;
import org.activemessaging.filter.Direction;
import org.activemessaging.filter.MessageFilter;
import org.activemessaging.filter.ScopedFilter;
import org.jspecify.annotations.Nullable;

/**
 * The filters that make the form of a message on the wire, next to the broker first. What
 * is said about destinations is for what is published; what comes in says itself what it
 * is.
 */
final class FilterCodings {

	private final FilterProperties properties;

	private final long maxPayloadSize;

	private final NamedDestinations destinations;

	FilterCodings(FilterProperties properties, long maxPayloadSize, NamedDestinations destinations) {
		this.properties = properties;
		this.maxPayloadSize = maxPayloadSize;
		this.destinations = destinations;
	}

	List<ScopedFilter> of(@Nullable ClaimStore store) {
		List<ScopedFilter> codings = new ArrayList<>();
		if (store != null) {
			ClaimCheckProperties claimCheck = this.properties.claimCheck();
			Duration retention = claimCheck.retention();
			add(codings, "claim-check",
					new ClaimCheckFilter(store, claimCheck.threshold().toBytes(), this.maxPayloadSize,
							retention.isZero() ? null : retention, Clock.systemUTC()),
					checked(claimCheck.only(), "'messaging.filter.claim-check.only'"),
					checked(claimCheck.except(), "'messaging.filter.claim-check.except'"));
		}
		else {
			codings.add(scoped("claim-check", new UnclaimedFilter(), Direction.INBOUND, Set.of(), Set.of()));
		}
		CompressionProperties compression = this.properties.compression();
		if (compression.enabled()) {
			Checks.range("messaging.filter.compression.threshold", compression.threshold().toBytes(), 1,
					Integer.MAX_VALUE);
			add(codings, "compression", new CompressionFilter(compression.threshold().toBytes(), this.maxPayloadSize),
					checked(compression.only(), "'messaging.filter.compression.only'"),
					checked(compression.except(), "'messaging.filter.compression.except'"));
		}
		return codings;
	}

	/**
	 * Returns where a coding is configured.
	 * @param filter a filter
	 * @return the beginning of its properties, or {@code null} if it is none
	 */
	static @Nullable String prefix(MessageFilter filter) {
		if (filter instanceof ClaimCheckFilter) {
			return "messaging.filter.claim-check";
		}
		return (filter instanceof CompressionFilter) ? "messaging.filter.compression" : null;
	}

	private static void add(List<ScopedFilter> codings, String name, MessageFilter filter, Set<String> only,
			Set<String> except) {
		codings.add(scoped(name, filter, Direction.INBOUND, Set.of(), Set.of()));
		codings.add(scoped(name, filter, Direction.OUTBOUND, only, except));
	}

	private static ScopedFilter scoped(String name, MessageFilter filter, Direction direction, Set<String> only,
			Set<String> except) {
		return new ScopedFilter(name, filter, 0, Set.of(direction), only, except);
	}

	private Set<String> checked(List<String> names, String where) {
		names.forEach((name) -> this.destinations.get(name, where));
		return Set.copyOf(names);
	}

}
