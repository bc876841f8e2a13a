package org.activemessaging.samples.benchmark.micro;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks of the parts, with what they allocate.
 */
public final class MicroBenchmarks {

	private MicroBenchmarks() {
	}

	/**
	 * Runs the benchmarks.
	 * @param arguments options of JMH, which may name some of them
	 * @throws CommandLineOptionException if an option is not known
	 * @throws RunnerException if one fails
	 */
	public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
		CommandLineOptions options = new CommandLineOptions(arguments);
		new Runner(new OptionsBuilder().parent(options).addProfiler(GCProfiler.class).build()).run();
	}

}
