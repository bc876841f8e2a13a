package org.activemessaging.samples.benchmark.micro;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.observation.PublishObservations;
import org.activemessaging.publisher.PublishObserver;
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

/**
 * What it costs a message to be observed, and not to be.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ObservationBenchmark {

	private final ConfigurableApplicationContext context = Application.start();

	private final NamedDestination destination = Application.processor(this.context, "text").destination();

	private final Map<String, Object> headers = new HashMap<>();

	private final PublishObserver nobody = PublishObserver.NONE;

	private final PublishObserver withoutHandlers = new PublishObservations(ObservationRegistry.create(), null);

	private final PublishObserver somebody = new PublishObservations(registry(), null);

	private static ObservationRegistry registry() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		return registry;
	}

	private PublishObserver.Observed publish(PublishObserver observer) {
		PublishObserver.Observed observed = observer.begin(this.destination, this.headers);
		observed.leave();
		observed.end(null);
		return observed;
	}

	/**
	 * Without a tracer: what the publisher does then.
	 * @return what was told of the message
	 */
	@Benchmark
	public Object nobodyObserves() {
		return publish(this.nobody);
	}

	/**
	 * With observations that have no handler.
	 * @return what was told of the message
	 */
	@Benchmark
	public Object observedWithoutHandlers() {
		return publish(this.withoutHandlers);
	}

	/**
	 * With a handler that does nothing, a tracer's own work apart.
	 * @return what was told of the message
	 */
	@Benchmark
	public Object observed() {
		return publish(this.somebody);
	}

	/**
	 * Ends the application.
	 */
	@TearDown
	public void end() {
		this.context.close();
	}

}
