package org.activemessaging.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.activemessaging.filter.Direction;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What stands around every message.
 *
 * @param bean Filters by the name of their bean, in lower case with dashes. What is said
 * here takes the place of what the annotations say.
 * @param correlation Id that is kept through everything that follows from one thing.
 * @param trace Live picture of what passes.
 * @param claimCheck Keeping large payloads in a store.
 * @param compression Compressing payloads.
 * @since 0.1.0
 */
public record FilterProperties(@DefaultValue Map<String, FilterBeanProperties> bean,
		@DefaultValue CorrelationProperties correlation, @DefaultValue TraceProperties trace,
		@DefaultValue @NestedConfigurationProperty ClaimCheckProperties claimCheck,
		@DefaultValue CompressionProperties compression) {

	/**
	 * A filter that is a bean.
	 *
	 * @param enabled Whether the filter is called.
	 * @param order Place of the filter: the lower, the further outside. By default what
	 * its annotation says.
	 * @param direction Comma-separated list of the directions it is called in: "inbound",
	 * "outbound". By default what its annotation says, or both.
	 * @param only Comma-separated list of the destinations for which alone it is called.
	 * By default what its annotation says, or all.
	 * @param except Comma-separated list of the destinations for which it is not called.
	 * By default what its annotation says, or none.
	 */
	public record FilterBeanProperties(@DefaultValue("true") boolean enabled, @Nullable Integer order,
			@Nullable Set<Direction> direction, @Nullable List<String> only, @Nullable List<String> except) {
	}

	/**
	 * Id that is kept through everything that follows from one thing.
	 *
	 * @param enabled Whether messages carry a correlation id, in the header
	 * "correlation_id", and log lines show it.
	 * @param mdcKey Key of the id in the diagnostic context of the log (MDC).
	 */
	public record CorrelationProperties(@DefaultValue("false") boolean enabled,
			@DefaultValue("correlationId") String mdcKey) {
	}

	/**
	 * Live picture of what passes.
	 *
	 * @param destination Destination that is told of every message that is sent or
	 * received. Without one, there are no traces.
	 * @param payloadLength How many characters of payloads that are texts are told, from
	 * 0 to 10000.
	 * @param timeToLive How long a trace is of use.
	 * @param capacity How many traces may wait to be published, from 1 to 100000. Further
	 * ones are dropped.
	 */
	public record TraceProperties(@Nullable String destination, @DefaultValue("0") int payloadLength,
			@DefaultValue("10s") Duration timeToLive, @DefaultValue("1000") int capacity) {
	}

	/**
	 * Compressing payloads.
	 *
	 * @param enabled Whether large payloads are compressed, and compressed ones read.
	 * @param threshold From which size on payloads are compressed.
	 * @param only Comma-separated list of the destinations to which alone compressed
	 * payloads are published. By default all.
	 * @param except Comma-separated list of the destinations to which no compressed
	 * payloads are published.
	 */
	public record CompressionProperties(@DefaultValue("false") boolean enabled,
			@DefaultValue("16KB") DataSize threshold, @DefaultValue List<String> only,
			@DefaultValue List<String> except) {
	}

}
