package dev.authstarter.benchmarks.run;

import java.util.Collection;
import java.util.List;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Reports the processor time of the whole Java process per operation, in microseconds:
 * including garbage collection and compilation, without time spent waiting for a
 * processor. For {@code -prof dev.authstarter.benchmarks.run.CpuTime}.
 */
public class CpuTime implements InternalProfiler {

	static final String LABEL = "cpu";

	private long start;

	@Override
	public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
		this.start = Resources.processorTime();
	}

	@Override
	public Collection<? extends Result<?>> afterIteration(BenchmarkParams benchmark, IterationParams iteration,
			IterationResult result) {
		double used = Resources.processorTime() - this.start;
		long operations = Math.max(1, result.getMetadata().getAllOps());
		return List.of(new ScalarResult(LABEL, used / 1_000 / operations, "us/op", AggregationPolicy.AVG));
	}

	@Override
	public String getDescription() {
		return "Processor time per operation";
	}

}
