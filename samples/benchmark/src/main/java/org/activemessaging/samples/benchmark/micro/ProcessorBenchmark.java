package org.activemessaging.samples.benchmark.micro;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.activemessaging.filter.Direction;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.filter.MessageFilters;
import org.activemessaging.filter.Routing;
import org.activemessaging.filter.ScopedFilter;
import org.activemessaging.observation.DeliveryMeters;
import org.activemessaging.processor.ProcessorDefinition;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * From the filters to the method of a processor, and the meters after it: what is behind
 * public types.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProcessorBenchmark {

	private static final int FILTERS = 3;

	private final ConfigurableApplicationContext context = Application.start();

	private final Application.Sink sink = this.context.getBean(Application.Sink.class);

	private final ProcessorDefinition text = Application.processor(this.context, "text");

	private final ProcessorDefinition json = Application.processor(this.context, "json");

	private final DeliveryMeters meters = new DeliveryMeters(new SimpleMeterRegistry());

	private final Message<String> message = new GenericMessage<>(
			"{\"session\":\"b1946ac9\",\"uri\":\"/search?q=pigeon\",\"millis\":42}");

	private final FilterChain noFilters = filters(0);

	private final FilterChain filters = filters(FILTERS);

	private FilterChain filters(int count) {
		return new MessageFilters(Stream
			.generate(() -> new ScopedFilter((message, routing, chain) -> chain.proceed(message),
					Set.of(Direction.values()), Set.of(), Set.of()))
			.limit(count)
			.toList()).chain(Routing.inbound(this.text.destination(), this.text.id(), this.text.group()),
					this.text.method()::handle);
	}

	/**
	 * The method of a processor that takes text.
	 * @return what the method has left
	 * @throws Exception never
	 */
	@Benchmark
	public Object invocation() throws Exception {
		this.noFilters.proceed(this.message);
		return this.sink.last();
	}

	/**
	 * The same behind three filters.
	 * @return what the method has left
	 * @throws Exception never
	 */
	@Benchmark
	public Object invocationBehindThreeFilters() throws Exception {
		this.filters.proceed(this.message);
		return this.sink.last();
	}

	/**
	 * The method of a processor that takes a record, read from JSON.
	 * @return what the method has left
	 * @throws Exception never
	 */
	@Benchmark
	public Object conversionAndInvocation() throws Exception {
		this.json.method().handle(this.message);
		return this.sink.last();
	}

	/**
	 * The meters of a message that was processed.
	 */
	@Benchmark
	public void meters() {
		this.meters.processed(this.text, 1000, 1);
	}

	/**
	 * Ends the application.
	 */
	@TearDown
	public void end() {
		this.context.close();
	}

}
