package dev.authstarter.benchmarks.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.authstarter.benchmarks.NativeProvider;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs all benchmarks whose results are compared, in processor time per operation. They
 * run in turns for several rounds, each in its own JVM, so that other load affects all of
 * them. Prints every benchmark, and the ratios for which there are goals.
 */
public final class CompareRun {

	private static final String ALLOCATION = "gc.alloc.rate.norm";

	/** The processor time of every iteration, by benchmark and round. */
	private final Map<String, List<List<Double>>> costs = new TreeMap<>();

	private final Map<String, List<Double>> allocations = new TreeMap<>();

	private CompareRun() {
	}

	/**
	 * Run.
	 * @param arguments the number of rounds, 3 if it is absent; which benchmarks, as a
	 * regular expression, all if it is absent; the number of seconds of an iteration, 2
	 * if it is absent
	 * @throws RunnerException if a benchmark fails
	 */
	public static void main(String[] arguments) throws RunnerException {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 3;
		String included = (arguments.length > 1) ? arguments[1] : ".*";
		int seconds = (arguments.length > 2) ? Integer.parseInt(arguments[2]) : 2;
		CompareRun run = new CompareRun();
		for (int round = 1; round <= rounds; round++) {
			System.out.println("round " + round + " of " + rounds);
			run.measure(included, seconds);
		}
		run.printBenchmarks();
		run.printComparisons();
	}

	private void measure(String included, int seconds) throws RunnerException {
		ChainedOptionsBuilder options = new OptionsBuilder().include("dev.authstarter.benchmarks.*(" + included + ")")
			.forks(1)
			.warmupTime(TimeValue.seconds(seconds))
			.measurementTime(TimeValue.seconds(seconds))
			.addProfiler(CpuTime.class)
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT);
		if (NativeProvider.isPresent()) {
			options.param("provider", "JDK", "ACCP");
		}
		for (RunResult result : new Runner(options.build()).run()) {
			List<Double> cost = new ArrayList<>();
			List<Double> allocation = new ArrayList<>();
			for (IterationResult iteration : iterations(result)) {
				cost.add(score(iteration, CpuTime.LABEL));
				allocation.add(score(iteration, ALLOCATION));
			}
			this.costs.computeIfAbsent(name(result), (name) -> new ArrayList<>()).add(cost);
			this.allocations.computeIfAbsent(name(result), (name) -> new ArrayList<>()).addAll(allocation);
		}
	}

	private static Collection<IterationResult> iterations(RunResult result) {
		return result.getBenchmarkResults().iterator().next().getIterationResults();
	}

	private static double score(IterationResult iteration, String label) {
		return Objects.requireNonNull(iteration.getSecondaryResults().get(label)).getScore();
	}

	/** For example {@code Validation.ours RS256 JDK}. */
	private static String name(RunResult result) {
		String benchmark = result.getParams().getBenchmark();
		StringBuilder name = new StringBuilder(
				benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1)
					.replace("Benchmark.", "."));
		for (String parameter : new TreeSet<>(result.getParams().getParamsKeys())) {
			name.append(' ').append(result.getParams().getParam(parameter));
		}
		return name.toString();
	}

	private void printBenchmarks() {
		System.out.println("\n| benchmark | processor time, µs | allocated, kB |\n| --- | --- | --- |");
		this.costs.forEach((name, rounds) -> {
			Spread all = Spread.of(rounds.stream().flatMap(List::stream).toList());
			System.out.printf(Locale.ROOT, "| %s | %s | %.1f |%n", name, all,
					Spread.of(this.allocations.getOrDefault(name, List.of())).median() / 1_000);
		});
	}

	private void printComparisons() {
		System.out.println("\n| comparison | of medians, each round | goal |\n| --- | --- | --- |");
		for (Comparison comparison : Comparison.GOALS) {
			List<Double> results = comparison.results(this.costs);
			if (!results.isEmpty()) {
				System.out.printf("| %s | %s | %s |%n", comparison.what(), Spread.of(results).text(3),
						comparison.goal());
			}
		}
	}

}
