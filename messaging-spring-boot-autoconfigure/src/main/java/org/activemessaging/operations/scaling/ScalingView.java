package org.activemessaging.operations.scaling;

import java.time.Duration;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How many instances a processor group needs.
 *
 * @param wanted how many instances, at least 0; a number in any case, as an autoscaler
 * needs one
 * @param backlog how many messages wait for the group, or {@code null} if that is unknown
 * @param rate how many messages all its instances process in a second, as far as known
 * @param timeToDrain how long the present instances need for the backlog, or {@code null}
 * if that is unknown
 * @param reason how the number came about
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ScalingView(int wanted, @Nullable Long backlog, double rate, @Nullable Duration timeToDrain,
		String reason) {

}
