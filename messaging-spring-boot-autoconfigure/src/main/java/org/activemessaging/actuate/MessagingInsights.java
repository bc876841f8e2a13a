package org.activemessaging.actuate;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

import org.activemessaging.operations.doctor.Doctor;
import org.activemessaging.operations.scaling.Scaling;
import org.activemessaging.operations.scaling.ScalingView;
import org.activemessaging.operations.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint answers beside the plain numbers: findings, wanted instances and the
 * topology. None of it asks a broker.
 *
 * @since 0.1.0
 */
public final class MessagingInsights {

	private static final Duration TARGET = Duration.ofMinutes(1);

	private final Doctor doctor;

	private final Scaling scaling;

	private final Topology topology;

	/**
	 * Creates the insights.
	 * @param doctor who tells why nothing is consumed
	 * @param scaling what tells how many instances are needed
	 * @param topology what draws the graph
	 */
	public MessagingInsights(Doctor doctor, Scaling scaling, Topology topology) {
		this.doctor = doctor;
		this.scaling = scaling;
		this.topology = topology;
	}

	/**
	 * Returns an insight.
	 * @param kind {@code doctor} or {@code topology}
	 * @return a view, or {@code null} if there is none of that name
	 */
	@Nullable Object view(String kind) {
		return switch (kind) {
			case "doctor" -> this.doctor.view();
			case "topology" -> this.topology.view();
			default -> null;
		};
	}

	Map<String, Object> asyncApi() {
		return this.topology.asyncApi();
	}

	/**
	 * Returns how many instances are wanted.
	 * @param target in what time a backlog is to be gone, as {@code PT90S}; a minute if
	 * {@code null}
	 * @return views by the name of the processor group
	 * @throws IllegalArgumentException if that is no time, or none above zero
	 */
	Map<String, ScalingView> scaling(@Nullable String target) {
		return this.scaling.views((target != null) ? parse(target) : TARGET);
	}

	private static Duration parse(String target) {
		try {
			Duration duration = Duration.parse(target);
			if (duration.toMillis() > 0) {
				return duration;
			}
		}
		catch (DateTimeParseException | ArithmeticException ex) {
			// Said below, together with what is too short.
		}
		throw new IllegalArgumentException("'target' has to be a time above zero, as PT1M; it was '" + target + "'");
	}

	static List<String> kinds() {
		return List.of("doctor", "scaling", "topology");
	}

}
